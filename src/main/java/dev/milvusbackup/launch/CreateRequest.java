package dev.milvusbackup.launch;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;

/**
 * What to back up.
 *
 * @param rbac whether users and roles are to be in the backup
 * @param indexExtra whether what only the metadata store of Milvus tells is to be in the
 * backup
 */
public record CreateRequest(BackupName name, CollectionFilter filter, Strategy strategy, boolean rbac,
		boolean indexExtra, Format format) {

	public CreateRequest(BackupName name, CollectionFilter filter, Strategy strategy) {
		this(name, filter, strategy, false);
	}

	public CreateRequest(BackupName name, CollectionFilter filter, Strategy strategy, boolean rbac) {
		this(name, filter, strategy, rbac, false);
	}

	public CreateRequest(BackupName name, CollectionFilter filter, Strategy strategy, boolean rbac,
			boolean indexExtra) {
		this(name, filter, strategy, rbac, indexExtra, Format.AUTO);
	}

	/**
	 * Who copies the rows.
	 */
	public enum Format {

		/** Milvus since 3.0 where it reaches the backup storage, else this program. */
		AUTO,
		/** This program: binlogs, one by one. */
		BINLOG,
		/** Milvus: bundles of snapshots. */
		SNAPSHOT

	}

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
		SERIAL_FLUSH,
		/** One flush of everything. */
		BULK_FLUSH

	}

}
