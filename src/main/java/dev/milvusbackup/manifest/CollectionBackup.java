package dev.milvusbackup.manifest;

import java.util.Map;

import dev.milvusbackup.model.Collection;

/**
 * A collection in a backup.
 *
 * @param bytes everything of the collection, collection-wide deletes included
 * @param partitionBytes partition id to the size of its segments
 */
public record CollectionBackup(Collection collection, long bytes, Map<Long, Long> partitionBytes) {

	public CollectionBackup {
		partitionBytes = Map.copyOf(partitionBytes);
	}

}
