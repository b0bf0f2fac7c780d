package dev.milvusbackup.model;

/**
 * A partition of a collection; always Milvus's, never a unit of parallel work.
 */
public record Partition(long id, String name, LoadState loadState) {

	/**
	 * Partition id of segments that belong to the whole collection (format.md 3).
	 */
	public static final long ALL = -1;

}
