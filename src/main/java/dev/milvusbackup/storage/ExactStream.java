package dev.milvusbackup.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;

/**
 * Passes a stream on and fails unless it has exactly the expected number of bytes; with
 * the last expected byte it has looked whether there are more. Does not support marks.
 */
public final class ExactStream extends FilterInputStream {

	private final long expected;

	private final LongFunction<? extends StorageException> wrongSize;

	private long delivered;

	private boolean ended;

	/**
	 * @param wrongSize error for a stream that ended after, or has at least, that many
	 * bytes
	 */
	public ExactStream(InputStream in, long expected, LongFunction<? extends StorageException> wrongSize) {
		super(in);
		this.expected = expected;
		this.wrongSize = wrongSize;
	}

	/**
	 * The content's stream, failing when it is not of the size the content tells.
	 */
	public static InputStream of(ObjectContent content, ObjectKey key) throws IOException {
		return new ExactStream(content.open(), content.bytes(), (bytes) -> new StorageException(
				StorageException.Kind.PERMANENT,
				"unable to write '" + key + "': " + content.bytes() + " bytes were announced, " + bytes + " came", null,
				null));
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (this.delivered == this.expected) {
			requireEnd();
			return -1;
		}
		int count = super.read(buffer, offset, (int) Math.min(length, this.expected - this.delivered));
		if (count < 0) {
			throw this.wrongSize.apply(this.delivered);
		}
		this.delivered += count;
		if (this.delivered == this.expected) {
			requireEnd();
		}
		return count;
	}

	private void requireEnd() throws IOException {
		if (!this.ended && super.read() >= 0) {
			throw this.wrongSize.apply(this.expected + 1);
		}
		this.ended = true;
	}

	@Override
	public long skip(long count) throws IOException {
		return readNBytes((int) Math.min(count, 8192)).length;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

}
