package dev.milvusbackup.rest;

import dev.milvusbackup.BackupException;

/**
 * The server does as much as it may already; later it may do what was asked.
 */
public final class ServerBusyException extends BackupException {

	ServerBusyException(String message, String hint) {
		super(message, hint, null);
	}

}
