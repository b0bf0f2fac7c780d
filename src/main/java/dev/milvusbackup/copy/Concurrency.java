package dev.milvusbackup.copy;

/**
 * How much is copied at once.
 *
 * @param copies of objects
 * @param segments whose objects are copied
 */
public record Concurrency(int copies, int segments) {

	private static final int MOST_WORKERS = 8;

	private static final int MOST_SEGMENTS = 16;

	/**
	 * As many segments as are useful.
	 */
	public Concurrency(int copies) {
		this(copies, MOST_WORKERS * MOST_SEGMENTS);
	}

	int workers() {
		return Math.min(MOST_WORKERS, Math.min(this.copies, this.segments));
	}

	/**
	 * Those of one chunk, which are copied together.
	 */
	int segmentsPerWorker() {
		return Math.min(MOST_SEGMENTS, this.segments / workers());
	}

}
