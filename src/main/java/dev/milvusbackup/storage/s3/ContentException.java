package dev.milvusbackup.storage.s3;

import java.io.IOException;

/**
 * Carries what went wrong with the content out of the thread that sends it.
 */
final class ContentException extends IOException {

	private static final long serialVersionUID = 1L;

	ContentException(Exception cause) {
		super("the content cannot be read: " + cause.getMessage(), cause);
	}

}
