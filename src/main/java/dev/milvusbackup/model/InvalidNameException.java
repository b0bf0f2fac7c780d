package dev.milvusbackup.model;

import dev.milvusbackup.BackupException;

/**
 * A name that the format or Milvus does not allow.
 */
public final class InvalidNameException extends BackupException {

	public InvalidNameException(String message, String hint) {
		super(message, hint, null);
	}

}
