package dev.milvusbackup.milvus;

/**
 * The kinds of request whose rate Milvus limits (behaviour.md D.1).
 */
enum Pace {

	/** Not limited. */
	FREE(1, 1),
	/** Flush. */
	FLUSH(0.01, 50),
	/** Creation of collections. */
	COLLECTION(1, 100),
	/** Creation of partitions. */
	PARTITION(1, 100),
	/** Creation of databases. */
	DATABASE(1, 100),
	/** Creation of indexes. */
	INDEX(1, 100);

	private final double slowest;

	private final double fastest;

	Pace(double slowest, double fastest) {
		this.slowest = slowest;
		this.fastest = fastest;
	}

	/** Requests a second. */
	double slowest() {
		return this.slowest;
	}

	/** Requests a second. */
	double fastest() {
		return this.fastest;
	}

}
