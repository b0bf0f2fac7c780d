package dev.milvusbackup.manifest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.milvusbackup.storage.StorageException;

/**
 * An object's bytes whose failing is the store's failing, so that it is not mistaken for
 * damage of the content.
 */
final class StoreInput extends FilterInputStream {

	private final String object;

	/**
	 * @param object key and store
	 */
	StoreInput(InputStream in, String object) {
		super(in);
		this.object = object;
	}

	@Override
	public int read() {
		try {
			return super.read();
		}
		catch (IOException ex) {
			throw failed(ex);
		}
	}

	@Override
	public int read(byte[] target, int offset, int length) {
		try {
			return super.read(target, offset, length);
		}
		catch (IOException ex) {
			throw failed(ex);
		}
	}

	private StorageException failed(IOException ex) {
		return new StorageException(StorageException.Kind.TRANSIENT,
				"unable to read '" + this.object + "': " + ex.getMessage(), "run the same command again", ex);
	}

}
