package dev.milvusbackup.backup;

import java.time.Duration;

import dev.milvusbackup.model.CollectionFilter;

/**
 * What one backup run is to hold.
 *
 * @param taskId goes into the manifest
 * @param metaOnly descriptions without segments: nothing else is wanted, or Milvus copies
 * the rest itself
 * @param rbac whether users and roles are in it
 * @param indexExtra whether what only the metadata store tells is in it
 * @param collectionConcurrency collections described at once
 * @param flushLimit how long a flush may take
 * @param pauseGc whether garbage collection is paused meanwhile
 * @param rpcChannel name of the replication channel of Milvus 2.5
 */
public record BackupScope(long run, String taskId, CollectionFilter filter, FlushMode flush, boolean metaOnly,
		boolean rbac, boolean indexExtra, int collectionConcurrency, Duration flushLimit, boolean pauseGc,
		String rpcChannel) {
}
