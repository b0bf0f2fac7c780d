package dev.milvusbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.LoggerContext;
import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What whole runs write to the log.
 */
class LogLinesTest {

	private static final String SECRET = "s3cr3t-of-the-operator";

	private final Path directory;

	private final DefaultStoreConnector disks = new DefaultStoreConnector();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private FakeMilvus fake;

	LogLinesTest(@TempDir Path directory) {
		this.directory = directory;
	}

	@BeforeEach
	void start() throws IOException {
		Path milvus = Files.createDirectories(this.directory.resolve("milvus"));
		Files.createDirectories(this.directory.resolve("backups"));
		StorageProperties storage = new StorageProperties("local", "", 0, null, false, "", milvus.toString(), null,
				null, null, null, 4, 1 << 20);
		this.fake = FakeMilvus.startLocal("2.3.5", this.disks.open(storage), milvus, ObjectPrefix.ROOT);
		this.fake.collection("a").insertSegment("_default", 10);
		Files.writeString(this.directory.resolve("backup.yaml"), """
				configVersion: v2
				log: {level: trace, file: {path: log/backup.log}}
				milvus:
				  user: root
				  password: "%s"
				  grpc: {address: 127.0.0.1, port: %d}
				  management: {endpoint: "%s"}
				  storage: {provider: local, rootPath: "%s", auth: {secretAccessKey: "%s"}}
				backup: {storage: {provider: local, rootPath: "%s"}}
				""".formatted(SECRET, this.fake.port(), this.fake.properties().managementEndpoint(), milvus, SECRET,
				this.directory.resolve("backups")));
	}

	@AfterEach
	void stop() {
		this.fake.close();
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		context.reset();
		new QuietLog().configure(context);
	}

	@Test
	void asJsonEachLineOfARunNamesIt() throws IOException {
		assertThat(run("create", "-n", "b1", "--set", "batch.log.format=json")).isZero();
		List<JsonNode> lines = lines();
		List<JsonNode> ofRun = lines.stream().filter((line) -> line.has("run")).toList();
		assertThat(ofRun).isNotEmpty().allSatisfy((line) -> {
			assertThat(line.path("run").asInt()).isEqualTo(1);
			assertThat(line.path("backup").asString()).isEqualTo("b1");
			assertThat(line.path("action").asString()).isEqualTo("backup");
		});
		assertThat(ofRun.get(0).path("message").asString()).startsWith("begun");
		assertThat(ofRun.get(ofRun.size() - 1).path("message").asString()).doesNotStartWith("begun");
		int first = lines.indexOf(ofRun.get(0));
		assertThat(lines.subList(first, first + ofRun.size())).isEqualTo(ofRun);
	}

	@Test
	void allLinesOfACommandCarryOneIdThoseBeforeItsRunToo() throws IOException {
		assertThat(run("create", "-n", "b1", "--set", "batch.log.format=json")).isZero();
		List<JsonNode> lines = lines();
		String id = lines.get(0).path("request").asString();
		assertThat(id).matches("[0-9a-f]{12}");
		assertThat(lines).allSatisfy((line) -> assertThat(line.path("request").asString()).as("%s", line).isEqualTo(id))
			.anySatisfy((line) -> assertThat(line.has("run")).isFalse())
			.anySatisfy((line) -> assertThat(line.path("run").asInt()).isEqualTo(1));
		Files.delete(log());
		assertThat(run("verify", "-n", "b1", "--set", "batch.log.format=json")).isZero();
		assertThat(lines()).noneSatisfy((line) -> assertThat(line.path("request").asString()).isEqualTo(id));
	}

	@Test
	void theOrderDateIsInEachLineToo() throws IOException {
		String[] command = { "create", "-n", "n_{odate}", "--odate", "260131" };
		assertThat(run(command)).isZero();
		assertThat(Files.readString(log()))
			.containsPattern(" - \\[run 1 n_20260131 odate 20260131 request \\w+] begun");
		Files.delete(log());
		this.fake.collection("a").insertSegment("_default", 10);
		assertThat(run("create", "-n", "m_{odate}", "--odate", "2026-01-31", "--set", "batch.log.format=json"))
			.isZero();
		assertThat(lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line.path("odate").asString()).isEqualTo("20260131"));
	}

	@Test
	void asTextEachLineOfARunNamesIt() throws IOException {
		assertThat(run("create", "-n", "b1")).isZero();
		assertThat(Files.readString(log())).containsPattern(" - \\[run 1 b1 request \\w+] begun")
			.containsPattern(" - \\[run 1 b1 request \\w+] ended COMPLETED")
			.doesNotContainPattern(" - (?!\\[)");
		assertThat(this.err.toString(StandardCharsets.UTF_8)).containsPattern("INFO  \\[run 1 b1 request \\w+] begun");
	}

	@Test
	void noSecretIsLoggedHoweverMuchIs() throws IOException {
		assertThat(run("create", "-n", "b1")).isZero();
		assertThat(run("check")).isZero();
		assertThat(run("create", "-n", "b2", "--set", "milvus.storage.rootPath=" + this.directory + "/none"))
			.isNotZero();
		assertThat(Files.readString(log())).contains("[run 1 b1 ").doesNotContain(SECRET);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
	}

	private List<JsonNode> lines() throws IOException {
		return Files.readString(log()).lines().map(JsonMapper.shared()::readTree).toList();
	}

	private Path log() {
		return this.directory.resolve("log/backup.log");
	}

	private int run(String... args) {
		PrintStream quiet = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
		Surroundings surroundings = new Surroundings(quiet, new PrintStream(this.err, true, StandardCharsets.UTF_8),
				false, Map.of("HOME", this.directory.toString()), this.directory);
		DefaultMilvusConnector milvus = new DefaultMilvusConnector();
		Connectors connectors = new Connectors(new JobRunsFactory(this.disks, milvus), this.disks, milvus);
		return MilvusBackup.run(args, connectors, surroundings);
	}

}
