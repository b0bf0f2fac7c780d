package dev.milvusbackup.backup;

import java.time.Duration;

import dev.milvusbackup.model.CollectionFilter;

/**
 * What one backup run is to hold.
 *
 * @param taskId goes into the manifest
 * @param flush whether data is made persistent first
 * @param metaOnly descriptions without segments
 * @param collectionConcurrency collections described at once
 * @param flushLimit how long a collection's flush may take
 * @param pauseGc whether garbage collection is paused meanwhile
 */
public record BackupScope(long run, String taskId, CollectionFilter filter, boolean flush, boolean metaOnly,
		int collectionConcurrency, Duration flushLimit, boolean pauseGc) {
}
