package dev.milvusbackup.launch;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;

/**
 * What to back up.
 */
public record CreateRequest(BackupName name, CollectionFilter filter, Strategy strategy) {

	/**
	 * How the data is made persistent before it is copied (behaviour.md E.2).
	 */
	public enum Strategy {

		/** The best that the server offers. */
		AUTO,
		/** Descriptions only. */
		META_ONLY,
		/** Whatever is persistent now. */
		SKIP_FLUSH,
		/** Flush collection by collection. */
		SERIAL_FLUSH

	}

}
