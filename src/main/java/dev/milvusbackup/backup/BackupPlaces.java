package dev.milvusbackup.backup;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.manifest.LogPaths;
import dev.milvusbackup.storage.ObjectCopier;
import dev.milvusbackup.storage.ObjectStore;

/**
 * From where to where one backup run copies.
 *
 * @param logPaths where the manifest says that an object lay in the source
 */
public record BackupPlaces(ObjectStore source, MilvusLayout sourceLayout, LogPaths logPaths, ObjectStore target,
		BackupLayout targetLayout, ObjectCopier copier) {
}
