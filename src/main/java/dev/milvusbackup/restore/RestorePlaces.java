package dev.milvusbackup.restore;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.storage.ObjectCopier;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import org.jspecify.annotations.Nullable;

/**
 * Where one restore reads.
 *
 * @param layout of the backup in its store
 * @param milvusStorage what the target Milvus reads
 * @param staging where copies go that Milvus can read; null when it reads the backup
 * itself
 */
public record RestorePlaces(ObjectStore backup, BackupLayout layout, StorageProperties backupStorage,
		StorageProperties milvusStorage, @Nullable StagingPlace staging) {

	/**
	 * Whether Milvus cannot read the backup where it is: it reads one bucket only, or any
	 * directory of its own disk.
	 */
	public static boolean needsStaging(StorageProperties backup, StorageProperties milvus) {
		if (backup.isLocal() || milvus.isLocal()) {
			return backup.isLocal() != milvus.isLocal();
		}
		return !(backup.address().equalsIgnoreCase(milvus.address()) && backup.port() == milvus.port()
				&& backup.bucket().equals(milvus.bucket()));
	}

	/**
	 * Where the copies go.
	 *
	 * @param store the one that Milvus reads
	 * @param copier from the backup's store to this one
	 * @param concurrency object copies at once
	 */
	public record StagingPlace(ObjectStore store, ObjectCopier copier, int concurrency) {
	}

}
