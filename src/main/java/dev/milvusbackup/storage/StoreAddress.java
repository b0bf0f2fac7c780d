package dev.milvusbackup.storage;

/**
 * Identity of a store.
 *
 * @param backend provider, endpoint and region in one line, e.g.
 * {@code s3 http://host:9000}; for local storage {@code local}
 * @param container bucket, or absolute directory for local storage
 */
public record StoreAddress(String backend, String container) {

	/**
	 * Whether objects can be copied between the two without moving through this process.
	 */
	public boolean sameBackend(StoreAddress other) {
		return this.backend.equals(other.backend);
	}

	@Override
	public String toString() {
		return this.backend + "/" + this.container;
	}

}
