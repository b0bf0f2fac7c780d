package dev.milvusbackup.bench;

import java.io.IOException;
import java.util.concurrent.ExecutionException;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import dev.milvusbackup.testing.real.RealMinio;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;

/**
 * A simulated Milvus whose binlogs lie in a real MinIO. The server itself takes no time,
 * so that what is measured is the program and the store.
 */
final class SimulatedSource implements Source {

	/** Every segment has the system fields RowID and Timestamp too. */
	static final int SYSTEM_FIELDS = 2;

	static final String VERSION = "2.3.22";

	private static final ObjectPrefix ROOT = ObjectPrefix.of("files/");

	private final RealMinio minio;

	private final Scenario scenario;

	private final String bucket;

	private final LatencyProxy proxy;

	private final ObjectStore direct;

	private final ObjectStore store;

	private final FakeMilvus milvus;

	SimulatedSource(RealMinio minio, Scenario scenario) throws IOException, InterruptedException, ExecutionException {
		this.minio = minio;
		this.scenario = scenario;
		this.bucket = "bench-" + scenario.name();
		minio.createBucket(this.bucket);
		this.proxy = new LatencyProxy(minio.port(), scenario.latency());
		StoreConnector stores = new DefaultStoreConnector();
		this.direct = stores.open(properties(minio, minio.port(), this.bucket));
		try (PaddingStore padding = new PaddingStore(this.direct)) {
			this.milvus = FakeMilvus.start(VERSION, padding, ROOT);
			int number = 0;
			for (Scenario.Shape shape : scenario.collections()) {
				padding.size(shape.bytes());
				fill(this.milvus.create("c" + number, schema(shape.objects() - SYSTEM_FIELDS)), shape.segments());
				number++;
			}
			padding.await();
		}
		this.store = stores.open(properties(minio, storePort(scenario), this.bucket));
	}

	private int storePort(Scenario scenario) {
		return scenario.latency().isZero() ? this.minio.port() : this.proxy.port();
	}

	static void fill(FakeCollection collection, int segments) {
		for (int segment = 0; segment < segments; segment++) {
			collection.insertSegment("_default", 1);
		}
	}

	static CollectionSchema schema(int fields) {
		CollectionSchema.Builder schema = CollectionSchema.newBuilder()
			.addFields(FieldSchema.newBuilder().setName("id").setIsPrimaryKey(true).setDataType(DataType.Int64));
		for (int field = 1; field < fields; field++) {
			schema.addFields(FieldSchema.newBuilder().setName("f" + field).setDataType(DataType.Double));
		}
		return schema.build();
	}

	@Override
	public ObjectStore store() {
		return this.store;
	}

	@Override
	public ObjectPrefix copied() {
		return ROOT;
	}

	@Override
	public MilvusAddress milvus() {
		return new MilvusAddress("127.0.0.1", this.milvus.port(), this.milvus.management().endpoint());
	}

	@Override
	public StorageProperties storage() {
		return properties(this.minio, storePort(this.scenario), this.bucket);
	}

	static StorageProperties properties(RealMinio minio, int port, String bucket) {
		return new StorageProperties("minio", minio.host(), port, null, false, bucket, "files", null, minio.accessKey(),
				minio.secretKey(), null, CONCURRENCY, 500L << 20);
	}

	@Override
	public void close() throws IOException {
		this.store.close();
		this.direct.close();
		this.milvus.close();
		this.proxy.close();
	}

}
