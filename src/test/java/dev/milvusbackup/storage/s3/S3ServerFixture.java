package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.RetryPolicy;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreMetrics;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A store on a fake server, with retries that do not wait.
 */
abstract class S3ServerFixture {

	static final int MIB = 1024 * 1024;

	static final ObjectKey KEY = new ObjectKey("dir/a");

	static final RetryPolicy QUICK = new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(2),
			Duration.ofSeconds(30));

	/** Parts of one MiB, copied in parts from two MiB on. */
	private static final S3Limits SMALL = limits(Duration.ofSeconds(30));

	final StoreMetrics metrics = new StoreMetrics();

	private final List<ObjectStore> opened = new ArrayList<>();

	FakeS3 server;

	ObjectStore store;

	@BeforeEach
	void start() throws IOException {
		this.server = new FakeS3();
		this.server.buckets().create("bucket");
		this.store = open(properties("bucket"));
	}

	@AfterEach
	void stop() {
		this.opened.forEach(ObjectStore::close);
		this.server.close();
	}

	ObjectStore open(StorageProperties properties) {
		return closedLater(S3ObjectStore.open(properties, SMALL, this.metrics, new Retries(QUICK)));
	}

	/**
	 * The same bucket, for which half a second of silence is a failure.
	 */
	ObjectStore impatient() {
		return closedLater(S3ObjectStore.open(withRegion("bucket", "us-east-1"), limits(Duration.ofMillis(500)),
				this.metrics, new Retries(QUICK)));
	}

	ObjectStore closedLater(ObjectStore store) {
		this.opened.add(store);
		return store;
	}

	private static S3Limits limits(Duration patience) {
		return new S3Limits(2 * MIB, MIB, 3, patience, patience, patience);
	}

	StorageProperties properties(String bucket) {
		return withRegion(bucket, null);
	}

	StorageProperties withRegion(String bucket, @Nullable String region) {
		return new StorageProperties("minio", "127.0.0.1", this.server.port(), region, false, bucket, "", null, "key",
				"secret", null, 32, 2 * MIB);
	}

	ObjectStat put(String key, int bytes) {
		this.server.buckets().put("bucket", key, random(bytes));
		return this.store.stat(new ObjectKey(key)).orElseThrow();
	}

	byte[] read(String key) throws IOException {
		try (InputStream in = this.store.read(new ObjectKey(key))) {
			return in.readAllBytes();
		}
	}

	List<String> list(String prefix) {
		try (Stream<ObjectStat> listing = this.store.list(new ObjectPrefix(prefix))) {
			return listing.map((stat) -> stat.key().value()).toList();
		}
	}

	static StorageException failureOf(ThrowingCallable call) {
		StorageException failure = catchThrowableOfType(StorageException.class, call);
		assertThat(failure).as("a failure").isNotNull();
		return failure;
	}

	static byte[] random(int bytes) {
		byte[] content = new byte[bytes];
		new Random(bytes).nextBytes(content);
		return content;
	}

}
