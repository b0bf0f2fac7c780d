package dev.milvusbackup.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.cli.Connectors;
import dev.milvusbackup.cli.MilvusBackup;
import dev.milvusbackup.cli.Surroundings;
import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.real.RealMilvus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program with a configuration file and a job repository of its own, run in this
 * process.
 */
final class BackupTool {

	private final Path directory;

	private final StoreConnector stores = new DefaultStoreConnector();

	private final MilvusConnector milvus = new DefaultMilvusConnector();

	private BackupTool(Path directory) {
		this.directory = directory;
	}

	/**
	 * A tool in this directory for this Milvus, its backups in a place that is not part
	 * of Milvus's own.
	 */
	static BackupTool install(Path directory, RealMilvus milvus, StoragePlace backups) {
		return install(directory, milvus, StoragePlace.of(milvus), backups);
	}

	/**
	 * @param objects where the configuration says that Milvus keeps its objects
	 */
	static BackupTool install(Path directory, RealMilvus milvus, StoragePlace objects, StoragePlace backups) {
		String yaml = """
				configVersion: v2
				log:
				  file: {path: "%s"}
				milvus:
				  grpc: {address: "%s", port: %d}
				  management: {endpoint: "http://%s:%d"}
				  storage: %s
				backup:
				  storage: %s
				batch:
				  repository: {directory: "%s"}
				""".formatted(directory.resolve("backup.log"), milvus.host(), milvus.port(), milvus.host(),
				milvus.managementPort(), objects.yaml(), backups.yaml(), directory.resolve("repository"));
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve("backup.yaml"), yaml);
			return new BackupTool(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	CommandOutcome run(String... args) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		Surroundings surroundings = new Surroundings(stream(out), stream(err), false, Map.of(), this.directory);
		int exitCode = MilvusBackup.run(args,
				new Connectors((settings) -> new JobRunsFactory(this.stores, this.milvus).open(settings), this.stores,
						this.milvus),
				surroundings);
		return new CommandOutcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	/**
	 * Runs a command that has to end well, and to do so without a warning.
	 */
	CommandOutcome succeed(String... args) {
		CommandOutcome outcome = run(args);
		assertThat(outcome.exitCode()).as("%s: %s", List.of(args), outcome).isZero();
		assertThat(outcome.err()).doesNotContain("WARN", "ERROR", "HINT", "Exception");
		return outcome;
	}

	/**
	 * Runs a command that has to end with this exit code and to name each of these on
	 * stderr.
	 */
	CommandOutcome fail(int exitCode, List<String> named, String... args) {
		CommandOutcome outcome = run(args);
		assertThat(outcome.exitCode()).as("%s: %s", List.of(args), outcome).isEqualTo(exitCode);
		assertThat(outcome.err()).as("%s: %s", List.of(args), outcome).contains(named).doesNotContain("\tat ");
		return outcome;
	}

	/**
	 * What {@code list} prints, a line each.
	 */
	List<String> list() {
		List<String> lines = new ArrayList<>(succeed("list").out().lines().toList());
		assertThat(lines.remove(0)).isEqualTo(">> Backups:");
		return lines;
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

}
