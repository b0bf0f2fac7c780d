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
final class Source implements AutoCloseable {

	static final int CONCURRENCY = 128;

	/** Every segment has the system fields RowID and Timestamp too. */
	static final int SYSTEM_FIELDS = 2;

	static final String VERSION = "2.3.22";

	private static final ObjectPrefix ROOT = ObjectPrefix.of("files/");

	private final RealMinio minio;

	private final String bucket;

	private final LatencyProxy proxy;

	private final ObjectStore direct;

	private final ObjectStore store;

	private final FakeMilvus milvus;

	Source(RealMinio minio, Scenario scenario) throws IOException, InterruptedException, ExecutionException {
		this.minio = minio;
		this.bucket = "bench-" + scenario.name();
		minio.createBucket(this.bucket);
		this.proxy = new LatencyProxy(minio.port(), scenario.latency());
		StoreConnector stores = new DefaultStoreConnector();
		this.direct = stores.open(properties(minio.port()));
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
		this.store = stores.open(properties(storePort(scenario)));
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

	/**
	 * As far away as the program sees it.
	 */
	ObjectStore store() {
		return this.store;
	}

	/**
	 * The same store, near.
	 */
	ObjectStore direct() {
		return this.direct;
	}

	ObjectPrefix root() {
		return ROOT;
	}

	/**
	 * The configuration of the program.
	 */
	String yaml(Scenario scenario, String directory) {
		return """
				configVersion: v2
				log: {level: debug, console: false, file: {path: "%1$s/backup.log"}}
				milvus:
				  grpc: {address: 127.0.0.1, port: %2$d}
				  management: {endpoint: "%3$s"}
				  storage: {provider: minio, address: 127.0.0.1, port: %4$d, bucketName: %5$s, rootPath: files,
				    auth: {type: static, accessKeyID: %6$s, secretAccessKey: %7$s}}
				backup: {storage: {rootPath: backup}}
				transfer: {concurrency: %8$d}
				batch: {repository: {directory: "%1$s/repository"}}
				""".formatted(directory, this.milvus.port(), this.milvus.management().endpoint(), storePort(scenario),
				this.bucket, this.minio.accessKey(), this.minio.secretKey(), CONCURRENCY);
	}

	private StorageProperties properties(int port) {
		return new StorageProperties("minio", this.minio.host(), port, null, false, this.bucket, "files", null,
				this.minio.accessKey(), this.minio.secretKey(), null, CONCURRENCY, 500L << 20);
	}

	@Override
	public void close() throws IOException {
		this.store.close();
		this.direct.close();
		this.milvus.close();
		this.proxy.close();
	}

}
