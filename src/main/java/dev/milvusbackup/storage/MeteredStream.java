package dev.milvusbackup.storage;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An object's bytes on their way out of a store: counted, and ending in an error when
 * there are fewer than the store told. Does not support marks.
 */
public final class MeteredStream extends FilterInputStream {

	private final long announced;

	private final StoreMetrics metrics;

	private long delivered;

	/**
	 * @param announced bytes the store told of, negative when it did not
	 */
	public MeteredStream(InputStream in, long announced, StoreMetrics metrics) {
		super(in);
		this.announced = announced;
		this.metrics = metrics;
	}

	@Override
	public int read() throws IOException {
		int value = super.read();
		count((value < 0) ? -1 : 1);
		return value;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		int count = super.read(buffer, offset, length);
		count(count);
		return count;
	}

	@Override
	public long skip(long count) throws IOException {
		return readNBytes((int) Math.min(count, 8192)).length;
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	private void count(int bytes) throws IOException {
		if (bytes >= 0) {
			this.delivered += bytes;
			this.metrics.bytesRead().add(bytes);
		}
		else if (this.delivered < this.announced) {
			throw new EOFException("the stream ended after " + this.delivered + " of " + this.announced + " bytes");
		}
	}

}
