package dev.milvusbackup.model;

/**
 * What a segment holds.
 */
public enum SegmentLevel {

	/** Rows, and deletes of these rows. */
	DATA,
	/** Deletes only. */
	L0

}
