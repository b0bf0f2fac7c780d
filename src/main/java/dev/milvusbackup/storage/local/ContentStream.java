package dev.milvusbackup.storage.local;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.milvusbackup.storage.ExactStream;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageException;

/**
 * The content that is being written. Its errors are transient, unlike those of the disk:
 * they come from the store it is read from, and reading it again may help.
 */
final class ContentStream extends FilterInputStream {

	private final ObjectKey key;

	private ContentStream(InputStream in, ObjectKey key) {
		super(in);
		this.key = key;
	}

	static InputStream open(ObjectContent content, ObjectKey key) {
		try {
			return new ContentStream(ExactStream.of(content, key), key);
		}
		catch (IOException ex) {
			throw unreadable(key, ex);
		}
	}

	@Override
	public int read() {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) {
		try {
			return super.read(buffer, offset, length);
		}
		catch (IOException ex) {
			throw unreadable(this.key, ex);
		}
	}

	private static StorageException unreadable(ObjectKey key, IOException failure) {
		return new StorageException(StorageException.Kind.TRANSIENT,
				"unable to write '" + key + "': its content cannot be read: " + failure.getMessage(), null, failure);
	}

}
