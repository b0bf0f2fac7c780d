package dev.milvusbackup.storage;

import dev.milvusbackup.testing.MemoryObjectStore;

/**
 * The fake keeps the contract, or tests on it prove nothing.
 */
class MemoryObjectStoreTest extends ObjectStoreContract {

	private final MemoryObjectStore.Backend backend = new MemoryObjectStore.Backend();

	private int stores;

	@Override
	protected ObjectStore createStore() {
		return new MemoryObjectStore(this.backend, "bucket" + this.stores++);
	}

}
