package dev.milvusbackup.manifest;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;

/**
 * A backup's description cannot be used.
 */
public final class ManifestException extends BackupException {

	private final Kind kind;

	/**
	 * @param hint next action for the operator, null for none
	 */
	public ManifestException(Kind kind, String message, @Nullable String hint, @Nullable Throwable cause) {
		super(message, hint, cause);
		this.kind = kind;
	}

	/**
	 * What is wrong.
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Ways to be unusable.
	 */
	public enum Kind {

		/** There is no such backup. */
		NOT_FOUND,
		/** There is one, but it was never finished. */
		INCOMPLETE,
		/** What is there cannot be read or contradicts itself. */
		DAMAGED,
		/** Of a format that this version does not know. */
		UNKNOWN_FORMAT

	}

}
