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
	 * The same settings with backups elsewhere.
	 */
	public Settings withBackupStorage(StorageProperties elsewhere) {
		return new Settings(this.milvus, this.milvusStorage, elsewhere, this.transferMode, this.transferConcurrency,
				this.backup, this.restore, this.repository);
	}

	/**
	 * The same settings with the garbage collection paused, or at the operator's choice,
	 * through another management endpoint.
	 * @param endpoint empty for the configured one
	 */
	public Settings withGcPause(boolean pause, String endpoint) {
		BackupSettings jobs = new BackupSettings(this.backup.collectionConcurrency(), pause || this.backup.pauseGc(),
				this.backup.flushLimit(), this.backup.rpcChannel(), this.backup.segmentConcurrency());
		MilvusProperties server = endpoint.isEmpty() ? this.milvus : this.milvus.withManagementEndpoint(endpoint);
		return new Settings(server, this.milvusStorage, this.backupStorage, this.transferMode, this.transferConcurrency,
				jobs, this.restore, this.repository);
	}

	/**
	 * Of the backup job.
	 *
	 * @param collectionConcurrency collections described and flushed at once
	 * @param flushLimit how long a flush may take
	 * @param rpcChannel name of the replication channel of Milvus 2.5
	 * @param segmentConcurrency segments copied at once
	 */
	public record BackupSettings(int collectionConcurrency, boolean pauseGc, Duration flushLimit, String rpcChannel,
			int segmentConcurrency) {

		/** The name that the Go tool takes where none is given. */
		public static final String DEFAULT_RPC_CHANNEL = "by-dev-replicate-msg";

		/** The default of {@code backup.concurrency.segments}. */
		public static final int DEFAULT_SEGMENTS = 1024;

		public BackupSettings(int collectionConcurrency, boolean pauseGc, Duration flushLimit) {
			this(collectionConcurrency, pauseGc, flushLimit, DEFAULT_RPC_CHANNEL, DEFAULT_SEGMENTS);
		}

	}

	/**
	 * Of the restore job.
	 *
	 * @param collectionConcurrency collections created at once
	 * @param importConcurrency import jobs at once
	 * @param noProgressLimit how long an import job may make no progress before it is
	 * given up
	 * @param segmentsPerImport most segments in one import job, where the server can do
	 * it
	 */
	public record RestoreSettings(int collectionConcurrency, int importConcurrency, Duration noProgressLimit,
			boolean keepTempFiles, int segmentsPerImport) {

		/** The default of {@code restore.maxSegmentsPerImportJob}. */
		public static final int SEGMENTS_PER_IMPORT = 256;

		public RestoreSettings(int collectionConcurrency, int importConcurrency, Duration noProgressLimit,
				boolean keepTempFiles) {
			this(collectionConcurrency, importConcurrency, noProgressLimit, keepTempFiles, SEGMENTS_PER_IMPORT);
		}

	}

}
