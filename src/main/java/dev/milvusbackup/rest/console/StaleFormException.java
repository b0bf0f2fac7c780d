package dev.milvusbackup.rest.console;

import dev.milvusbackup.BackupException;

/**
 * The form is not of this server, or older than its last start.
 */
final class StaleFormException extends BackupException {

	StaleFormException() {
		super("unable to accept the form: it is older than the last start of the server",
				"open the page anew and send it again", null);
	}

}
