package dev.milvusbackup.layout;

import java.util.List;

/**
 * Files in a backup's {@code meta} directory.
 */
public enum MetaFile {

	/** Marks the existence of the backup; written last, deleted first. */
	BACKUP("backup_meta.json"),
	/** The collections with their partitions and collection-wide deletes. */
	COLLECTIONS("collection_meta.json"),
	/** The partitions of all collections. */
	PARTITIONS("partition_meta.json"),
	/** The segments of all partitions. */
	SEGMENTS("segment_meta.json"),
	/** The whole tree. */
	FULL("full_meta.json"),
	/** Our own: key, size and checksum of every object, a line each. */
	OBJECTS("objects.jsonl.gz"),
	/** Our own: the plan of an unfinished backup. */
	DRAFT("draft.json.gz"),
	/** Our own: the options of the command that made the backup. */
	REQUEST("request.json"),
	/** Our own: who works on the backup at the moment. */
	LEASE("lease.json"),
	/** Our own: the deletion of the backup has begun and is to be finished. */
	EXPIRED("expired.json");

	private static final List<MetaFile> WRITE_ORDER = List.of(OBJECTS, COLLECTIONS, PARTITIONS, SEGMENTS, FULL, BACKUP);

	private final String fileName;

	MetaFile(String fileName) {
		this.fileName = fileName;
	}

	/**
	 * The last part of the key.
	 */
	public String fileName() {
		return this.fileName;
	}

	/**
	 * The files of a finished backup in the order in which they are written, so that it
	 * does not exist before it is whole; deleted in the reverse order.
	 */
	public static List<MetaFile> writeOrder() {
		return WRITE_ORDER;
	}

}
