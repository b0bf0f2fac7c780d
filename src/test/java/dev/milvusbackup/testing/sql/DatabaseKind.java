package dev.milvusbackup.testing.sql;

/**
 * The databases on which everything must work alike.
 */
public enum DatabaseKind {

	H2_MEMORY, H2_FILE, POSTGRESQL

}
