package dev.milvusbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.RetryPolicy;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import dev.milvusbackup.testing.real.RealMinio;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What can be wrong with a bucket, on a real store: the exit code says so, the cause is
 * named, and nothing looks like a backup.
 */
@RequiresReal("minio")
class NeverFalseSuccessIT {

	private static final RetryPolicy IMPATIENT = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1),
			Duration.ofSeconds(1));

	private static final String KEYS = "accessKeyID: %s, secretAccessKey: %s";

	private final Path directory;

	private final RealMinio minio;

	private final DefaultStoreConnector stores = new DefaultStoreConnector(IMPATIENT);

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private final String bucket = "milvus-" + UUID.randomUUID();

	private final String backups = "backups-" + UUID.randomUUID();

	private ObjectStore store;

	private FakeMilvus fake;

	NeverFalseSuccessIT(@TempDir Path directory, RealServers servers) {
		this.directory = directory;
		this.minio = servers.minio();
	}

	@BeforeEach
	void start() throws IOException {
		this.minio.createBucket(this.bucket);
		this.minio.createBucket(this.backups);
		this.store = this.stores.open(new StorageProperties("minio", this.minio.host(), this.minio.port(), null, false,
				this.bucket, "files", null, this.minio.accessKey(), this.minio.secretKey(), null, 4, 1 << 20));
		this.fake = FakeMilvus.start("2.3.5", this.store, ObjectPrefix.of("files"));
		this.fake.collection("a").insertSegment("_default", 10);
		configure(this.bucket, this.minio.port());
	}

	@AfterEach
	void stop() {
		this.fake.close();
		this.store.close();
	}

	@Test
	void theUndisturbedBackupIsASuccess() {
		assertThat(run("create", "-n", "b1")).isZero();
		assertThat(run("verify", "-n", "b1", "--deep")).isZero();
	}

	@Test
	void aBucketThatDoesNotExist() throws IOException {
		String nowhere = "nowhere-" + UUID.randomUUID();
		configure(nowhere, this.minio.port());
		assertFails(2, nowhere);
		// what is read from is not made up
		assertThat(bucketExists(nowhere)).isFalse();
	}

	@Test
	void theBucketOfSomethingElse() throws IOException {
		configure(this.backups, this.minio.port());
		assertFails(2, "rows but no insert logs below 'files/insert_log/");
	}

	@Test
	void aWrongKey() throws IOException {
		configure(this.bucket, this.minio.port());
		assertFails(2, this.backups, "--set", "milvus.storage.auth.secretAccessKey=wrong-secret");
		assertThat(err()).doesNotContain("wrong-secret");
	}

	@Test
	void aStoreThatIsNotThere() throws IOException {
		configure(this.bucket, 1);
		assertThat(run("create", "-n", "b1")).isOne();
		assertThat(err()).contains("127.0.0.1:1");
		configure(this.bucket, this.minio.port());
		assertNothingListed();
	}

	@Test
	void anObjectOfTheBackupThatIsGone() {
		assertThat(run("create", "-n", "b1")).isZero();
		try (ObjectStore target = backupStore(); Stream<ObjectStat> objects = target.list(ObjectPrefix.of("backup"))) {
			ObjectKey gone = objects.map(ObjectStat::key)
				.filter((key) -> key.value().contains("insert_log"))
				.findFirst()
				.orElseThrow();
			target.delete(List.of(gone));
		}
		assertThat(run("verify", "-n", "b1")).isEqualTo(6);
		assertThat(run("restore", "-n", "b1", "-s", "_r")).isNotZero();
	}

	private ObjectStore backupStore() {
		return this.stores.open(new StorageProperties("minio", this.minio.host(), this.minio.port(), null, false,
				this.backups, "backup", null, this.minio.accessKey(), this.minio.secretKey(), null, 4, 1 << 20));
	}

	private boolean bucketExists(String name) {
		return Files.exists(this.minio.dataDirectory().resolve(name));
	}

	private void assertFails(int exitCode, String cause, String... options) {
		String[] create = { "create", "-n", "b1" };
		assertThat(run(Stream.concat(Stream.of(create), Stream.of(options)).toArray(String[]::new)))
			.isEqualTo(exitCode);
		assertThat(err()).contains(cause);
		assertNothingListed();
	}

	private void assertNothingListed() {
		assertThat(run("list")).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).doesNotContain("b1");
	}

	private void configure(String milvusBucket, int port) throws IOException {
		Files.writeString(this.directory.resolve("backup.yaml"),
				"""
						configVersion: v2
						log: {console: false, file: {path: ""}}
						milvus:
						  grpc: {address: 127.0.0.1, port: %d}
						  storage: {provider: minio, address: 127.0.0.1, port: %d, bucketName: %s, rootPath: files,
						    auth: {type: static, %s}}
						backup: {storage: {bucketName: %s, rootPath: backup}, pauseGC: false}
						batch: {repository: {directory: "%s"}}
						""".formatted(this.fake.port(), port, milvusBucket,
						KEYS.formatted(this.minio.accessKey(), this.minio.secretKey()), this.backups,
						this.directory.resolve("repository")));
	}

	private int run(String... args) {
		this.out.reset();
		this.err.reset();
		Surroundings surroundings = new Surroundings(stream(this.out), stream(this.err), false,
				Map.of("HOME", this.directory.toString()), this.directory);
		DefaultMilvusConnector milvus = new DefaultMilvusConnector();
		return MilvusBackup.run(args, new Connectors(new JobRunsFactory(this.stores, milvus), this.stores, milvus),
				surroundings);
	}

	private String err() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

}
