package dev.milvusbackup.restore;

/**
 * The order of imports: those of a lower number end before those of a higher one begin.
 */
final class ImportOrder {

	static final int DATA = 0;

	static final int PARTITION_L0 = 1;

	static final int COLLECTION_L0 = 2;

	/** Of a backup that has no segments. */
	static final int SNAPSHOT = 3;

	private ImportOrder() {
	}

}
