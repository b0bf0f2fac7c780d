package dev.milvusbackup.backup;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;

/**
 * What Milvus says and what lies in its storage do not fit together, or the request does
 * not fit the source.
 */
public final class SourceException extends BackupException {

	private final Kind kind;

	public SourceException(Kind kind, String message, @Nullable String hint) {
		super(message, hint, null);
		this.kind = kind;
	}

	public Kind kind() {
		return this.kind;
	}

	/**
	 * Who has to do something.
	 */
	public enum Kind {

		/** The request or the configuration has to change. */
		PREFLIGHT,
		/** The source is damaged, or changes too fast. */
		SOURCE,
		/** A collection is not there any more. */
		GONE

	}

}
