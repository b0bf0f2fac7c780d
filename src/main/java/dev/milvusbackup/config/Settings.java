package dev.milvusbackup.config;

import java.time.Duration;

import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.TransferMode;

/**
 * All settings of one process.
 *
 * @param transferConcurrency object copies at once
 */
public record Settings(MilvusProperties milvus, StorageProperties milvusStorage, StorageProperties backupStorage,
		TransferMode transferMode, int transferConcurrency, BackupSettings backup, RestoreSettings restore,
		RepositoryProperties repository) {

	/**
	 * The same settings for a process that only reads the job repository for a moment.
	 */
	public Settings forReading() {
		return new Settings(this.milvus, this.milvusStorage, this.backupStorage, this.transferMode,
				this.transferConcurrency, this.backup, this.restore, this.repository.notServing());
	}

	/**
	 * Of the backup job.
	 *
	 * @param collectionConcurrency collections described and flushed at once
	 * @param flushLimit how long a collection's flush may take
	 */
	public record BackupSettings(int collectionConcurrency, boolean pauseGc, Duration flushLimit) {
	}

	/**
	 * Of the restore job.
	 *
	 * @param collectionConcurrency collections created at once
	 * @param importConcurrency import jobs at once
	 * @param noProgressLimit how long an import job may make no progress before it is
	 * given up
	 */
	public record RestoreSettings(int collectionConcurrency, int importConcurrency, Duration noProgressLimit,
			boolean keepTempFiles) {
	}

}
