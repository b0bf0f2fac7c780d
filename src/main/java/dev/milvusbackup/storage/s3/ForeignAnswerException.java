package dev.milvusbackup.storage.s3;

import java.io.IOException;

/**
 * An error answer that is not of the S3 protocol: from a proxy, or from another server
 * than an object store.
 */
final class ForeignAnswerException extends IOException {

	private static final long serialVersionUID = 1L;

	private final int status;

	ForeignAnswerException(int status) {
		super("HTTP status " + status + " without an S3 error");
		this.status = status;
	}

	int status() {
		return this.status;
	}

}
