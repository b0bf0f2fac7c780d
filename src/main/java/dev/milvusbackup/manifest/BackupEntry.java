package dev.milvusbackup.manifest;

import dev.milvusbackup.model.BackupName;

/**
 * A backup as {@code list} shows it.
 *
 * @param id empty when unknown
 * @param bytes 0 when unknown
 * @param milvusVersion empty when unknown
 */
public record BackupEntry(BackupName name, State state, String id, long bytes, String milvusVersion,
		BackupFormat format) {

	/**
	 * A backup of binlogs, or of an unknown format.
	 */
	public BackupEntry(BackupName name, State state, String id, long bytes, String milvusVersion) {
		this(name, state, id, bytes, milvusVersion, BackupFormat.BINLOG);
	}

	/**
	 * Whether it can be restored.
	 */
	public enum State {

		/** Its existence marker is there and can be read. */
		COMPLETE,
		/** Not finished: objects or a draft are there, the existence marker is not. */
		INCOMPLETE,
		/** The existence marker cannot be read. */
		DAMAGED

	}

}
