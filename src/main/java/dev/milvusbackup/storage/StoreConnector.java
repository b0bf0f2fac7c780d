package dev.milvusbackup.storage;

/**
 * Opens stores. Retries of transient failures are inside what it opens.
 */
public interface StoreConnector {

	/**
	 * Opens the store; no request is sent yet.
	 * @throws StorageException of kind CONFIGURATION when the settings cannot work
	 */
	ObjectStore open(StorageProperties properties);

	/**
	 * As {@link #open}, and creates the bucket or directory when it is missing.
	 */
	ObjectStore openOrCreate(StorageProperties properties);

	/**
	 * Does ahead what needs no request, so that opening takes less time. May fail as
	 * {@link #open} does; nothing has to be undone.
	 */
	default void prepare(StorageProperties properties) {
	}

	/**
	 * What all stores opened here have done; nothing for a connector that does not count.
	 */
	default StoreMetrics metrics() {
		return new StoreMetrics();
	}

}
