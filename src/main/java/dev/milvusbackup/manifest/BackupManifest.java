package dev.milvusbackup.manifest;

import java.util.List;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Database;

/**
 * A backup's description, all but its segments.
 *
 * @param id of the task that wrote it
 * @param milvusVersion version of the source
 * @param cluster what it holds of the source as a whole
 */
public record BackupManifest(String id, BackupName name, String milvusVersion, List<Database> databases,
		List<CollectionBackup> collections, ClusterState cluster, BackupFormat format) {

	public BackupManifest {
		databases = List.copyOf(databases);
		collections = List.copyOf(collections);
	}

	public BackupManifest(String id, BackupName name, String milvusVersion, List<Database> databases,
			List<CollectionBackup> collections) {
		this(id, name, milvusVersion, databases, collections, ClusterState.NONE);
	}

	/**
	 * A backup of binlogs.
	 */
	public BackupManifest(String id, BackupName name, String milvusVersion, List<Database> databases,
			List<CollectionBackup> collections, ClusterState cluster) {
		this(id, name, milvusVersion, databases, collections, cluster, BackupFormat.BINLOG);
	}

	/**
	 * Sum over the collections.
	 */
	public long bytes() {
		return this.collections.stream().mapToLong(CollectionBackup::bytes).sum();
	}

}
