package dev.milvusbackup.backup;

import java.util.Map;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.ManifestCodec;

/**
 * What a backup says of its collections, by its format.
 */
interface CollectionContents {

	/** Segments, which the ledger has. */
	CollectionContents BINLOGS = new CollectionContents() {

		@Override
		public BackupFormat format() {
			return BackupFormat.BINLOG;
		}

		@Override
		public CollectionBackup of(PlannedCollection planned) {
			return new CollectionBackup(ManifestCodec.fromJson(planned.description()), 0, Map.of());
		}
	};

	BackupFormat format();

	CollectionBackup of(PlannedCollection planned);

}
