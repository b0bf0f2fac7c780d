package dev.milvusbackup.model;

/**
 * The kinds of binlog that a backup holds.
 */
public enum BinlogKind {

	/** Rows, one object a field (or column group) and flush. */
	INSERT,
	/** Deletes. */
	DELTA

}
