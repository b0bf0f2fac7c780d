package dev.milvusbackup;

import org.jspecify.annotations.Nullable;

/**
 * Root of all errors that are meant for the operator: the message reads
 * {@code unable to <verb> '<what>': <cause>}, the hint says what to do next. Neither ever
 * holds a secret.
 */
public abstract class BackupException extends RuntimeException {

	private final @Nullable String hint;

	protected BackupException(String message, @Nullable String hint, @Nullable Throwable cause) {
		super(message, cause);
		this.hint = hint;
	}

	/**
	 * The next action for the operator, or null where there is none to recommend.
	 */
	public final @Nullable String hint() {
		return this.hint;
	}

}
