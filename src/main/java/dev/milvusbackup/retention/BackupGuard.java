package dev.milvusbackup.retention;

import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.model.BackupName;

/**
 * Knows who needs the backups of one root path, and keeps others away from one that is
 * being deleted.
 */
public interface BackupGuard {

	/**
	 * Why a backup is not a good one although it can be restored, else empty.
	 */
	String flaw(BackupEntry backup);

	/**
	 * Who works on the backup or needs it, else empty.
	 */
	String use(BackupName backup);

	/**
	 * Who needs the backup beside those that work on it themselves, else empty: to look
	 * again while it is held.
	 */
	String reader(BackupName backup);

	/**
	 * Takes the backup for this process.
	 * @throws dev.milvusbackup.BackupException when a live process has it
	 */
	Hold hold(BackupName backup);

	/**
	 * The right to work on a backup until it is closed.
	 */
	interface Hold extends AutoCloseable {

		/** Whether another process took over. */
		boolean isLost();

		@Override
		void close();

	}

}
