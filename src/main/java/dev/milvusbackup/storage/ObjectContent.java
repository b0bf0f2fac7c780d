package dev.milvusbackup.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes to store, which can be read more than once so that a failed attempt can be
 * repeated from the start.
 */
public interface ObjectContent {

	/**
	 * Number of bytes that every stream of {@link #open()} delivers.
	 */
	long bytes();

	/**
	 * A new stream from the first byte on; the caller closes it.
	 */
	InputStream open() throws IOException;

	static ObjectContent of(byte[] content) {
		return new ObjectContent() {
			@Override
			public long bytes() {
				return content.length;
			}

			@Override
			public InputStream open() {
				return new ByteArrayInputStream(content);
			}
		};
	}

}
