package dev.milvusbackup.manifest;

import java.util.Map;

import dev.milvusbackup.model.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A collection in a backup.
 *
 * @param bytes everything of the collection, collection-wide deletes included
 * @param partitionBytes partition id to the size of its segments
 * @param snapshot null in a backup of binlogs
 */
public record CollectionBackup(Collection collection, long bytes, Map<Long, Long> partitionBytes,
		@Nullable SnapshotBackup snapshot) {

	public CollectionBackup {
		partitionBytes = Map.copyOf(partitionBytes);
	}

	/**
	 * A collection in a backup of binlogs.
	 */
	public CollectionBackup(Collection collection, long bytes, Map<Long, Long> partitionBytes) {
		this(collection, bytes, partitionBytes, null);
	}

	/**
	 * A collection in a backup of snapshots.
	 */
	public CollectionBackup(Collection collection, SnapshotBackup snapshot) {
		this(collection, snapshot.bytes(), Map.of(), snapshot);
	}

}
