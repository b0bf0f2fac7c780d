package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectChangedException;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.ObjectStoreContract;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.RetryPolicy;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageException.Kind;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreMetrics;
import dev.milvusbackup.testing.real.RealMinio;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import io.minio.ListMultipartUploadsArgs;
import io.minio.MinioAsyncClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract, and what only a real server can tell.
 */
@RequiresReal("minio")
class S3ObjectStoreIT extends ObjectStoreContract {

	private static final int MIB = 1024 * 1024;

	private static final ObjectKey KEY = new ObjectKey("dir/a");

	/** The protocol's smallest parts. */
	private static final S3Limits SMALL_PARTS = new S3Limits(12 * MIB, 5 * MIB, 4, Duration.ofSeconds(10),
			Duration.ofSeconds(60), Duration.ofSeconds(60));

	private final RealMinio minio;

	private final Retries retries = new Retries(RetryPolicy.STANDARD);

	S3ObjectStoreIT(RealServers servers) {
		this.minio = servers.minio();
	}

	@Override
	protected ObjectStore createStore() {
		return S3ObjectStore.openOrCreate(properties(newBucket(), null, null), new StoreMetrics(), this.retries);
	}

	@Test
	void multipartCopyOfARealServerIsWhole() throws Exception {
		String bucket = newBucket();
		StoreMetrics metrics = new StoreMetrics();
		try (ObjectStore store = withSmallParts(bucket, metrics)) {
			byte[] content = random(13 * MIB + 1);
			store.write(KEY, ObjectContent.of(content));
			ObjectStat stat = store.stat(KEY).orElseThrow();
			ObjectStat copy = store.copy(store, stat, new ObjectKey("copy"));
			assertThat(copy.etag()).endsWith("-3");
			assertThat(store.stat(new ObjectKey("copy"))).contains(copy);
			assertThat(metrics.copies().sum()).isEqualTo(3);
			try (InputStream in = store.read(new ObjectKey("copy"))) {
				assertThat(in.readAllBytes()).isEqualTo(content);
			}
			assertThat(unfinishedUploads(bucket)).isZero();
		}
	}

	@Test
	void multipartCopyOfAChangedObjectLeavesNothing() throws Exception {
		String bucket = newBucket();
		try (ObjectStore store = withSmallParts(bucket, new StoreMetrics())) {
			ObjectStat old = store.write(KEY, ObjectContent.of(random(13 * MIB)));
			store.write(KEY, ObjectContent.of(random(13 * MIB + 1)));
			assertThatExceptionOfType(ObjectChangedException.class)
				.isThrownBy(() -> store.copy(store, old, new ObjectKey("copy")));
			assertThat(store.stat(new ObjectKey("copy"))).isEmpty();
			assertThat(unfinishedUploads(bucket)).isZero();
		}
	}

	@Test
	void uploadInPartsWhoseContentBreaksLeavesNothing() throws Exception {
		String bucket = newBucket();
		try (ObjectStore store = withSmallParts(bucket, new StoreMetrics())) {
			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> store.write(KEY, brokenAfter(7 * MIB, 13 * MIB)))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.TRANSIENT));
			assertThat(store.stat(KEY)).isEmpty();
			assertThat(unfinishedUploads(bucket)).isZero();
		}
	}

	@Test
	void copyAndListingNeedNoRequestBesides() {
		StoreMetrics metrics = new StoreMetrics();
		try (ObjectStore store = S3ObjectStore.openOrCreate(properties(newBucket(), null, null), metrics,
				this.retries)) {
			store.write(KEY, ObjectContent.of(random(100)));
			long lists = metrics.lists().sum();
			try (Stream<ObjectStat> listing = store.list(ObjectPrefix.ROOT)) {
				listing.forEach((stat) -> store.copy(store, stat, new ObjectKey("copy")));
			}
			assertThat(metrics.lists().sum() - lists).isEqualTo(1);
			assertThat(metrics.copies().sum()).isEqualTo(1);
			assertThat(metrics.stats().sum()).isZero();
		}
	}

	@Test
	void wrongKeysAreAnErrorOfConfigurationAndAreNotTold() {
		StorageProperties wrong = properties(newBucket(), "wrong-secret-key", null);
		StorageProperties token = properties(newBucket(), null, "no-such-token");
		for (StorageProperties properties : List.of(wrong, token)) {
			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> S3ObjectStore.openOrCreate(properties, new StoreMetrics(), this.retries))
				.satisfies((ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.CONFIGURATION);
					assertThat(ex.hint()).contains("access key");
					assertThat(ex.toString()).doesNotContain("wrong-secret-key", "no-such-token");
				});
		}
	}

	@Test
	void aMissingBucketIsAnErrorOfConfiguration() {
		String bucket = newBucket();
		try (ObjectStore store = S3ObjectStore.open(properties(bucket, null, null), new StoreMetrics(), this.retries)) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.list(ObjectPrefix.ROOT).toList())
				.withMessageContaining(bucket)
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.CONFIGURATION));
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.stat(KEY))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.CONFIGURATION));
		}
	}

	@Test
	void tlsAgainstAPlainServerIsAnErrorOfConfiguration() {
		StorageProperties plain = properties(newBucket(), null, null);
		StorageProperties tls = new StorageProperties("minio", plain.address(), plain.port(), null, true,
				plain.bucket(), "", null, "key", "secret", null, 1, 500L * MIB);
		try (ObjectStore store = S3ObjectStore.open(tls, new StoreMetrics(), this.retries)) {
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> store.directories(ObjectPrefix.ROOT))
				.satisfies((ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.CONFIGURATION);
					assertThat(ex.hint()).contains("useSSL");
				});
		}
	}

	private ObjectStore withSmallParts(String bucket, StoreMetrics metrics) {
		this.minio.createBucket(bucket);
		return S3ObjectStore.open(properties(bucket, null, null), SMALL_PARTS, metrics, this.retries);
	}

	private int unfinishedUploads(String bucket) throws Exception {
		try (MinioAsyncClient client = MinioAsyncClient.builder()
			.endpoint(this.minio.endpoint())
			.credentials(this.minio.accessKey(), this.minio.secretKey())
			.build()) {
			ListMultipartUploadsArgs all = ListMultipartUploadsArgs.builder().bucket(bucket).prefix("").build();
			return new ArrayList<>(client.listMultipartUploads(all).get().result().uploads()).size();
		}
	}

	private StorageProperties properties(String bucket, @Nullable String secretKey, @Nullable String token) {
		return new StorageProperties("minio", this.minio.host(), this.minio.port(), null, false, bucket, "", null,
				this.minio.accessKey(), (secretKey != null) ? secretKey : this.minio.secretKey(), token, 16,
				500L * MIB);
	}

	private static String newBucket() {
		return "store-" + UUID.randomUUID();
	}

	private static ObjectContent brokenAfter(int good, int announced) {
		return new ObjectContent() {
			@Override
			public long bytes() {
				return announced;
			}

			@Override
			public InputStream open() {
				return new InputStream() {
					private int left = good;

					@Override
					public int read() throws IOException {
						if (this.left-- <= 0) {
							throw new IOException("connection reset");
						}
						return 'x';
					}
				};
			}
		};
	}

}
