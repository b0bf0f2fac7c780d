package dev.milvusbackup.milvus;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;

/**
 * Milvus did not do what was asked.
 */
public final class MilvusException extends BackupException {

	private final Kind kind;

	public MilvusException(Kind kind, String message, @Nullable String hint, @Nullable Throwable cause) {
		super(message, hint, cause);
		this.kind = kind;
	}

	public Kind kind() {
		return this.kind;
	}

	/**
	 * What the caller can do about it.
	 */
	public enum Kind {

		/** Not reachable or overloaded: trying again may help. */
		UNAVAILABLE,
		/** Wrong user or password, missing right. */
		DENIED,
		/** The collection, partition, database or job does not exist. */
		NOT_FOUND,
		/** The server is too old for what was asked. */
		UNSUPPORTED,
		/** The answer was lost: the server may or may not have done it. */
		UNKNOWN_OUTCOME,
		/** Refused for any other reason. */
		REFUSED

	}

}
