package dev.milvusbackup.storage.s3;

import java.io.IOException;

import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.ObjectStoreContract;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.RetryPolicy;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreMetrics;
import org.junit.jupiter.api.AfterEach;

/**
 * The contract against a fake server.
 */
class S3ObjectStoreTest extends ObjectStoreContract {

	private final FakeS3 server;

	private int stores;

	S3ObjectStoreTest() throws IOException {
		this.server = new FakeS3();
	}

	@Override
	protected ObjectStore createStore() {
		String bucket = "bucket" + this.stores++;
		this.server.buckets().create(bucket);
		StorageProperties properties = new StorageProperties("minio", "localhost", this.server.port(), null, false,
				bucket, "", null, "key", "secret", null, 16, 1 << 30);
		return S3ObjectStore.open(properties, new StoreMetrics(), new Retries(RetryPolicy.STANDARD));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

}
