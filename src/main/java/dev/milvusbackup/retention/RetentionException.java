package dev.milvusbackup.retention;

import dev.milvusbackup.BackupException;

/**
 * A backup that expires could not be deleted.
 */
public final class RetentionException extends BackupException {

	RetentionException(String message, String hint) {
		super(message, hint, null);
	}

}
