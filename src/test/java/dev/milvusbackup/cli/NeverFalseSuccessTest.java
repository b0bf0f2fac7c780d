package dev.milvusbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.RetryPolicy;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeEtcd;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole command lines on a simulated Milvus and real directories: whatever goes wrong,
 * the exit code says so, the cause is named, and nothing looks like a backup.
 */
class NeverFalseSuccessTest {

	private static final RetryPolicy IMPATIENT = new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1),
			Duration.ofSeconds(1));

	private final Path directory;

	private final DefaultStoreConnector disks = new DefaultStoreConnector(IMPATIENT);

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private FakeMilvus fake;

	private FakeCollection collection;

	/** Called with every store that is opened. */
	private Consumer<FaultyObjectStore> faults = (store) -> {
	};

	NeverFalseSuccessTest(@TempDir Path directory) {
		this.directory = directory;
	}

	@BeforeEach
	void start() throws IOException {
		Path milvus = Files.createDirectories(this.directory.resolve("milvus"));
		Files.createDirectories(this.directory.resolve("backups"));
		this.fake = FakeMilvus.startLocal("2.3.5", this.disks.open(local()), milvus, ObjectPrefix.ROOT);
		this.collection = this.fake.collection("a");
		this.collection.insertSegment("_default", 10);
		this.collection.insertSegment("_default", 10);
		configure("milvus", "");
	}

	private StorageProperties local() {
		return new StorageProperties("local", "", 0, null, false, "", this.directory.resolve("milvus").toString(), null,
				null, null, null, 4, 1 << 20);
	}

	@AfterEach
	void stop() {
		this.fake.close();
	}

	@Test
	void theUndisturbedBackupIsASuccess() {
		assertThat(run("create", "-n", "b1")).isZero();
		assertThat(json().path("status").asString()).isEqualTo("complete");
		assertThat(run("verify", "-n", "b1", "--deep")).isZero();
		assertThat(json().path("hashed").asInt(-1)).isNotZero();
		assertThat(run("create", "-n", "b1")).isZero();
		assertThat(json().path("objects_copied").asInt(-1)).isZero();
	}

	@Test
	void aWrongRootPath() throws IOException {
		Files.createDirectories(this.directory.resolve("elsewhere"));
		configure("elsewhere", "");
		assertFails(2, "rows but no insert logs below 'insert_log/");
	}

	@Test
	void aRootPathThatDoesNotExist() throws IOException {
		configure("nowhere", "");
		assertFails(2, "there is no such directory");
	}

	@Test
	void aMissingInsertLog() throws IOException {
		try (Stream<Path> files = Files.walk(this.directory.resolve("milvus/insert_log"))) {
			Files.delete(files.filter(Files::isRegularFile).sorted().skip(3).findFirst().orElseThrow());
		}
		assertFails(1, "has 0 insert logs where field 1 has 1");
	}

	@Test
	void aListingThatFails() {
		this.faults = (store) -> store.on(Operation.LIST_ENTRY).key("insert_log").nth(4).times(1000).fail();
		assertFails(1, "503");
	}

	@Test
	void aFullDisk() {
		this.faults = (store) -> store.on(Operation.COPY)
			.key("insert_log")
			.fail(new StorageException(StorageException.Kind.PERMANENT, "unable to write: No space left on device",
					"free space", null));
		assertThat(run("create", "-n", "b1")).isOne();
		assertThat(err()).contains("No space left on device", "HINT: free space");
		assertThat(json().path("exit_code").asInt()).isOne();
		assertIncomplete();
		this.faults = (store) -> {
		};
		assertThat(run("create", "-n", "b1")).isZero();
		assertThat(json().path("restarts").asInt()).isOne();
		assertThat(run("verify", "-n", "b1", "--deep")).isZero();
	}

	@Test
	void aDiskThatIsFullFromTheBeginning() {
		this.faults = (store) -> store.on(Operation.WRITE)
			.fail(new StorageException(StorageException.Kind.PERMANENT, "unable to write: No space left on device",
					"free space", null));
		assertFails(1, "No space left on device");
	}

	@Test
	void anIncompleteBackupIsShownAsThatAndCanBeDeleted() {
		this.faults = (store) -> store.on(Operation.WRITE).key("full_meta.json").fail();
		assertThat(run("create", "-n", "b1")).isOne();
		this.faults = (store) -> {
		};
		assertIncomplete();
		assertThat(run("verify", "-n", "b1")).isEqualTo(8);
		assertThat(run("restore", "-n", "b1", "-s", "_r")).isEqualTo(8);
		assertThat(run("delete", "-n", "b1")).isZero();
		assertNothingListed();
		assertThat(this.directory.resolve("backups/b1")).doesNotExist();
	}

	@Test
	void aConfigurationThatCannotBeRead() throws IOException {
		Files.writeString(this.directory.resolve("backup.yaml"), "milvus: [unclosed");
		assertThat(run("create", "-n", "b1")).isEqualTo(2);
		assertThat(err()).contains("backup.yaml");
		assertThat(json().path("status").asString()).isEqualTo("usage");
		assertThat(this.directory.resolve("backups")).isEmptyDirectory();
	}

	@Test
	void aBadName() {
		assertThat(run("create", "-n", "1 b")).isEqualTo(2);
		assertThat(err()).contains("1 b");
		assertThat(json().path("status").asString()).isEqualTo("usage");
		assertNothingListed();
	}

	@Test
	void anUnknownCollection() {
		assertFails(2, "default.unknown", "--filter", "unknown");
		run("create", "-n", "b1", "--filter", "unknown");
		assertThat(err()).contains("default.a");
	}

	@Test
	void aMilvusThatIsNotThere() {
		this.fake.stop();
		assertFails(1, "unable to reach Milvus");
	}

	@Test
	void aWrongPassword() throws IOException {
		this.fake.requireCredentials("root", "right");
		configure("milvus", "user: root, password: wrong,");
		assertFails(2, "unable to reach Milvus");
		run("create", "-n", "b1");
		assertThat(err()).contains("unable to reach Milvus").doesNotContain("wrong");
	}

	@Test
	void aFlushOfEverythingThatTheServerCannotDo() {
		assertFails(7, "this Milvus cannot flush everything at once", "--strategy", "bulk_flush");
		assertNothingBegun();
	}

	@Test
	void rolesThatTheServerDoesNotHave() {
		assertFails(7, "unable to read users and roles", "--rbac");
		assertNothingBegun();
	}

	@Test
	void rolesThatTheUserMustNotRead() throws IOException {
		this.fake.close();
		this.fake = FakeMilvus.startLocal("2.5.20", this.disks.open(local()), this.directory.resolve("milvus"),
				ObjectPrefix.ROOT);
		this.fake.collection("a").insertSegment("_default", 10);
		configure("milvus", "");
		this.fake.faults().refused("BackupRBAC", 1401, "privilege not permitted");
		assertFails(2, "privilege not permitted", "--rbac");
		assertNothingBegun();
		assertThat(run("create", "-n", "b1", "--rbac")).isZero();
	}

	@Test
	void withoutAWishTheFlushThatTheServerCanDoIsTaken() {
		assertThat(run("create", "-n", "b1")).isZero();
		assertThat(this.fake.faults().calls("Flush")).isOne();
		assertThat(this.fake.faults().calls("FlushAll")).isZero();
	}

	private void assertNothingBegun() {
		assertThat(this.fake.faults().calls("Flush")).isZero();
		assertThat(this.fake.faults().calls("DescribeCollection")).isZero();
		assertThat(this.directory.resolve("backups")).isEmptyDirectory();
	}

	@Test
	void anEtcdThatIsNotThere() {
		FakeEtcd gone = FakeEtcd.start();
		gone.close();
		assertFails(1, "in etcd '" + gone.endpoint() + "'", "--backup_index_extra", "--set",
				"milvus.etcd.endpoints=" + gone.endpoint());
	}

	@Test
	void anEtcdOfAnotherMilvus() {
		try (FakeEtcd etcd = FakeEtcd.start().put("elsewhere", this.collection)) {
			String endpoint = "milvus.etcd.endpoints=" + etcd.endpoint();
			assertFails(2, "there is no metadata of a Milvus below '" + etcd.endpoint() + "/by-dev/meta'",
					"--backup_index_extra", "--set", endpoint);
			etcd.put("by-dev/meta/session/id", new byte[] { 1 });
			assertFails(2, "does not know the collection", "--backup_index_extra", "--set", endpoint);
			assertThat(run("create", "-n", "b2", "--backup_index_extra", "--set", endpoint, "--set",
					"milvus.etcd.rootPath=elsewhere"))
				.isZero();
		}
	}

	@Test
	void aWrongPasswordOfEtcd() {
		try (FakeEtcd etcd = FakeEtcd.start().put("by-dev", this.collection)) {
			etcd.requireCredentials("backup", "right");
			String[] options = { "--backup_index_extra", "--set", "milvus.etcd.endpoints=" + etcd.endpoint(), "--set",
					"batch.etcd.user=backup", "--set", "batch.etcd.password=wr0ng" };
			assertFails(2, "invalid user ID or password", options);
			assertThat(err()).doesNotContain("wr0ng");
			options[6] = "batch.etcd.password=right";
			assertThat(run(Stream.concat(Stream.of("create", "-n", "b2"), Stream.of(options)).toArray(String[]::new)))
				.isZero();
		}
	}

	@Test
	void aDirectoryThatCannotBeTheJobRepository() throws IOException {
		Files.writeString(this.directory.resolve("repository"), "a file");
		assertThat(run("create", "-n", "b1")).isNotZero();
		assertThat(json().path("exit_code").asInt()).isNotZero();
		assertNothingListed();
	}

	private void assertFails(int exitCode, String cause, String... options) {
		List<String> args = new ArrayList<>(List.of("create", "-n", "b1"));
		args.addAll(List.of(options));
		assertThat(run(args.toArray(String[]::new))).isEqualTo(exitCode);
		assertThat(err()).contains(cause);
		assertThat(json().path("exit_code").asInt()).isEqualTo(exitCode);
		assertThat(json().path("error").path("message").asString()).contains(cause);
		this.faults = (store) -> {
		};
		assertNothingListed();
	}

	private void assertNothingListed() {
		assertThat(run("list")).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).doesNotContain("b1");
	}

	private void assertIncomplete() {
		this.faults = (store) -> {
		};
		assertThat(run("list")).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("b1").contains("incomplete");
	}

	private void configure(String milvusRoot, String credentials) throws IOException {
		Files.writeString(this.directory.resolve("backup.yaml"), """
				configVersion: v2
				log: {console: false, file: {path: ""}}
				milvus:
				  {%s grpc: {address: 127.0.0.1, port: %d}, storage: {provider: local, rootPath: "%s"}}
				backup: {storage: {provider: local, rootPath: "%s"}, pauseGC: false}
				batch: {repository: {directory: "%s"}}
				""".formatted(credentials, this.fake.port(), this.directory.resolve(milvusRoot),
				this.directory.resolve("backups"), this.directory.resolve("repository")));
	}

	private int run(String... args) {
		this.out.reset();
		this.err.reset();
		String[] all = Stream.concat(Stream.of(args), Stream.of("--output", "json")).toArray(String[]::new);
		Surroundings surroundings = new Surroundings(stream(this.out), stream(this.err), false,
				Map.of("HOME", this.directory.toString()), this.directory);
		StoreConnector stores = new FaultyConnector();
		DefaultMilvusConnector milvus = new DefaultMilvusConnector();
		return MilvusBackup.run(all, new Connectors(new JobRunsFactory(stores, milvus), stores, milvus), surroundings);
	}

	private String err() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	private JsonNode json() {
		return JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build()
			.readTree(this.out.toString(StandardCharsets.UTF_8));
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

	private final class FaultyConnector implements StoreConnector {

		@Override
		public ObjectStore open(StorageProperties properties) {
			return faulty(NeverFalseSuccessTest.this.disks.open(properties));
		}

		@Override
		public ObjectStore openOrCreate(StorageProperties properties) {
			return faulty(NeverFalseSuccessTest.this.disks.openOrCreate(properties));
		}

		private ObjectStore faulty(ObjectStore store) {
			FaultyObjectStore faulty = new FaultyObjectStore(store);
			NeverFalseSuccessTest.this.faults.accept(faulty);
			return faulty;
		}

	}

}
