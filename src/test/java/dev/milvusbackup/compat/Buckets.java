package dev.milvusbackup.compat;

import java.util.Map;

import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.testing.MemoryObjectStore;

/**
 * Two buckets in memory, of one store: that of Milvus and that of the backups.
 */
final class Buckets implements StoreConnector {

	private static final String MILVUS = "a-bucket";

	private static final String BACKUPS = "bk-bucket";

	private final MemoryObjectStore.Backend backend = new MemoryObjectStore.Backend();

	private final Map<String, MemoryObjectStore> stores = Map.of(MILVUS, new MemoryObjectStore(this.backend, MILVUS),
			BACKUPS, new MemoryObjectStore(this.backend, BACKUPS));

	MemoryObjectStore milvus() {
		return this.stores.get(MILVUS);
	}

	StorageProperties milvusStorage() {
		return properties(MILVUS, "files");
	}

	/**
	 * @param shared whether the backups lie in the bucket of Milvus
	 */
	StorageProperties backupStorage(boolean shared) {
		return properties(shared ? MILVUS : BACKUPS, "backup");
	}

	@Override
	public ObjectStore open(StorageProperties properties) {
		ObjectStore store = this.stores.get(properties.bucket());
		if (store == null) {
			throw new StorageException(StorageException.Kind.CONFIGURATION,
					"unable to open '" + properties.bucket() + "': there is no such bucket", null, null);
		}
		return store;
	}

	@Override
	public ObjectStore openOrCreate(StorageProperties properties) {
		return open(properties);
	}

	private static StorageProperties properties(String bucket, String root) {
		return new StorageProperties("minio", "host", 9000, null, false, bucket, root, null, null, null, null, 8,
				1L << 29);
	}

}
