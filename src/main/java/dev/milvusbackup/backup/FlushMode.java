package dev.milvusbackup.backup;

/**
 * How data is made persistent before it is copied (behaviour.md E.2).
 */
public enum FlushMode {

	/** Not at all: what is persistent already. */
	NONE,
	/** Collection by collection, each just before its segments are listed. */
	EACH,
	/** Everything of the server at once, before anything is listed. */
	ALL

}
