package dev.milvusbackup.manifest;

import java.util.List;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Database;

/**
 * A backup's description, all but its segments.
 *
 * @param id of the task that wrote it
 * @param milvusVersion version of the source
 */
public record BackupManifest(String id, BackupName name, String milvusVersion, List<Database> databases,
		List<CollectionBackup> collections) {

	public BackupManifest {
		databases = List.copyOf(databases);
		collections = List.copyOf(collections);
	}

	/**
	 * Sum over the collections.
	 */
	public long bytes() {
		return this.collections.stream().mapToLong(CollectionBackup::bytes).sum();
	}

}
