package dev.milvusbackup.manifest;

/**
 * Accompanies a deletion. Called from one thread.
 */
public interface DeletionProgress {

	/** Neither counts nor stops. */
	DeletionProgress NONE = new DeletionProgress() {
		@Override
		public void deleted(long objects) {
			// nobody wants to know
		}

		@Override
		public boolean isStopped() {
			return false;
		}
	};

	/**
	 * So many more objects are gone, beside the files that describe the backup.
	 */
	void deleted(long objects);

	/**
	 * Whether to end now; asked between batches.
	 */
	boolean isStopped();

}
