package dev.milvusbackup.copy;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;

/**
 * Copies cannot be brought to equal their sources.
 */
public final class CopyException extends BackupException {

	public CopyException(String message, @Nullable String hint) {
		super(message, hint, null);
	}

}
