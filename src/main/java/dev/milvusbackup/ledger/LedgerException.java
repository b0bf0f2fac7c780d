package dev.milvusbackup.ledger;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;

/**
 * The job repository's database did not do what was asked.
 */
public class LedgerException extends BackupException {

	public LedgerException(String message, @Nullable String hint, @Nullable Throwable cause) {
		super(message, hint, cause);
	}

}
