package dev.milvusbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.launch.RunsFactory;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.FakeMilvusConnector;
import dev.milvusbackup.testing.FakeRuns;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs command lines in an own directory with local storages and keeps what they print.
 */
final class CommandLineHarness {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private final FakeRuns runs = new FakeRuns();

	private final FakeMilvusConnector milvus = new FakeMilvusConnector();

	private final Path directory;

	private StoreConnector stores = new DefaultStoreConnector();

	private RunsFactory factory = this.runs;

	CommandLineHarness(Path directory) throws IOException {
		this.directory = directory;
		Files.createDirectories(milvusRoot());
		Files.createDirectories(backupRoot());
		Files.writeString(directory.resolve("backup.yaml"), """
				configVersion: v2
				log: {console: false, file: {path: ""}}
				milvus: {storage: {provider: local, rootPath: "%s"}}
				backup: {storage: {provider: local, rootPath: "%s"}}
				""".formatted(milvusRoot(), backupRoot()));
	}

	Path milvusRoot() {
		return this.directory.resolve("milvus");
	}

	Path backupRoot() {
		return this.directory.resolve("backups");
	}

	FakeRuns runs() {
		return this.runs;
	}

	FakeMilvusConnector milvus() {
		return this.milvus;
	}

	void use(StoreConnector newStores) {
		this.stores = newStores;
	}

	/** With a job repository in the directory. */
	void useRealRuns() {
		this.factory = (settings) -> new JobRunsFactory(this.stores, this.milvus).open(settings);
	}

	int run(String... args) {
		this.out.reset();
		this.err.reset();
		Surroundings surroundings = new Surroundings(stream(this.out), stream(this.err), false,
				Map.of("HOME", this.directory.toString()), this.directory);
		return MilvusBackup.run(args, new Connectors(this.factory, this.stores, this.milvus), surroundings);
	}

	String out() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	String err() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	List<String> outLines() {
		return out().lines().toList();
	}

	/** All of stdout, which must be one JSON object. */
	JsonNode json() {
		JsonNode json = JsonMapper.builder()
			.enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.build()
			.readTree(out());
		if (!json.isObject()) {
			throw new AssertionError("not an object: " + out());
		}
		return json;
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

}
