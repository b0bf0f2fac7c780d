package dev.milvusbackup.manifest;

/**
 * How a backup holds the rows.
 */
public enum BackupFormat {

	/** As binlogs, copied one by one. */
	BINLOG(""),
	/** As bundles that Milvus exports of snapshots. */
	SNAPSHOT("snapshot");

	private final String text;

	BackupFormat(String text) {
		this.text = text;
	}

	/**
	 * As the description has it.
	 */
	public String text() {
		return this.text;
	}

}
