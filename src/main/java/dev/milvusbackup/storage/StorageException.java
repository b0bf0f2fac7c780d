package dev.milvusbackup.storage;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;

/**
 * A store did not do what was asked.
 */
public class StorageException extends BackupException {

	private final Kind kind;

	public StorageException(Kind kind, String message, @Nullable String hint, @Nullable Throwable cause) {
		super(message, hint, cause);
		this.kind = kind;
	}

	public final Kind kind() {
		return this.kind;
	}

	/**
	 * What may help.
	 */
	public enum Kind {

		/** Trying again may help: unreachable, throttled, cut. */
		TRANSIENT,
		/** Credentials, rights, bucket name: the operator has to change something. */
		CONFIGURATION,
		/** Anything else. */
		PERMANENT

	}

}
