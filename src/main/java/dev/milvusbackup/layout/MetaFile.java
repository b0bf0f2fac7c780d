package dev.milvusbackup.layout;

/**
 * Files in a backup's {@code meta} directory.
 */
public enum MetaFile {

	/** Marks the existence of the backup; written last, deleted first. */
	BACKUP("backup_meta.json"), COLLECTIONS("collection_meta.json"), PARTITIONS("partition_meta.json"),
	SEGMENTS("segment_meta.json"),
	/** The whole tree. */
	FULL("full_meta.json"),
	/** Our own: key, size and checksum of every object, a line each. */
	OBJECTS("objects.jsonl.gz"),
	/** Our own: the plan of an unfinished backup. */
	DRAFT("draft.json.gz"),
	/** Our own: who works on the backup at the moment. */
	LEASE("lease.json");

	private final String fileName;

	MetaFile(String fileName) {
		this.fileName = fileName;
	}

	public String fileName() {
		return this.fileName;
	}

}
