package dev.milvusbackup.storage.connect;

import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.RetryPolicy;
import dev.milvusbackup.storage.RetryingObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.StoreMetrics;
import dev.milvusbackup.storage.local.LocalObjectStore;
import dev.milvusbackup.storage.s3.S3ObjectStore;

/**
 * Opens the stores of all providers that the tool supports, with retries. Thread-safe.
 */
public final class DefaultStoreConnector implements StoreConnector {

	private final Retries retries;

	private final StoreMetrics metrics = new StoreMetrics();

	public DefaultStoreConnector() {
		this(RetryPolicy.STANDARD);
	}

	public DefaultStoreConnector(RetryPolicy policy) {
		this.retries = new Retries(policy, this.metrics.retries());
	}

	@Override
	public StoreMetrics metrics() {
		return this.metrics;
	}

	@Override
	public ObjectStore open(StorageProperties properties) {
		return switch (properties.provider()) {
			case "local" -> retrying(LocalObjectStore.open(properties, this.metrics));
			case "minio", "s3", "aws", "aliyun", "tencent", "hwc", "gcp" ->
				retrying(S3ObjectStore.open(properties, this.metrics, this.retries));
			default -> throw unsupported(properties);
		};
	}

	@Override
	public ObjectStore openOrCreate(StorageProperties properties) {
		return switch (properties.provider()) {
			case "local" -> retrying(LocalObjectStore.openOrCreate(properties, this.metrics));
			case "minio", "s3", "aws", "aliyun", "tencent", "hwc", "gcp" ->
				retrying(S3ObjectStore.openOrCreate(properties, this.metrics, this.retries));
			default -> throw unsupported(properties);
		};
	}

	@Override
	public void prepare(StorageProperties properties) {
		open(properties).close();
	}

	private ObjectStore retrying(ObjectStore store) {
		return new RetryingObjectStore(store, this.retries);
	}

	private static StorageException unsupported(StorageProperties properties) {
		return new StorageException(StorageException.Kind.CONFIGURATION,
				"unable to open storage '" + properties.provider() + "': there is no such provider",
				"use one of local, minio, s3, aws, aliyun, tencent, hwc, gcp", null);
	}

}
