package dev.milvusbackup.restore;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;

/**
 * A backup cannot be restored as asked.
 */
public final class RestoreException extends BackupException {

	private final Kind kind;

	public RestoreException(Kind kind, String message, @Nullable String hint) {
		super(message, hint, null);
		this.kind = kind;
	}

	public Kind kind() {
		return this.kind;
	}

	/**
	 * What that means for the run.
	 */
	public enum Kind {

		/** The request does not fit the backup or the target; nothing was changed. */
		PREFLIGHT,
		/** The target is too old for the backup; nothing was changed. */
		INCOMPATIBLE,
		/** What was restored is not what the backup holds. */
		DAMAGED,
		/** Imports make no progress; the same command goes on. */
		STALLED,
		/** No collection could be restored. */
		FAILED

	}

}
