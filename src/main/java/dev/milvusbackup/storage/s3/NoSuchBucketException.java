package dev.milvusbackup.storage.s3;

import dev.milvusbackup.storage.StorageException;

/**
 * The server has no bucket of that name.
 */
final class NoSuchBucketException extends StorageException {

	private static final long serialVersionUID = 1L;

	NoSuchBucketException(String message) {
		super(Kind.CONFIGURATION, message,
				"check bucket name and address; a backup bucket is created by the first backup", null);
	}

}
