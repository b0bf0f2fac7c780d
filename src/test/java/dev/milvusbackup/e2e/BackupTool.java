package dev.milvusbackup.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.testing.real.RealMilvus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program with a configuration file and a job repository of its own. Every command is
 * a process.
 */
final class BackupTool {

	private static final String JAR = Path.of(System.getProperty("it.jar", "target/milvus-backup.jar"))
		.toAbsolutePath()
		.toString();

	private final Path directory;

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
				  etcd: {endpoints: ["%s"]}
				  storage: %s
				backup:
				  storage: %s
				batch:
				  repository: {directory: "%s"}
				""".formatted(directory.resolve("backup.log"), milvus.host(), milvus.port(), milvus.host(),
				milvus.managementPort(), milvus.etcdEndpoint(), objects.yaml(), backups.yaml(),
				directory.resolve("repository"));
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
		Path out = this.directory.resolve("out");
		Path err = this.directory.resolve("err");
		try {
			Process process = start(out, err, args);
			return new CommandOutcome(process.waitFor(), Files.readString(out), Files.readString(err));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Starts a command that goes on while others are run.
	 */
	Process start(String... args) throws IOException {
		return start(this.directory.resolve("out-started"), this.directory.resolve("err-started"), args);
	}

	private Process start(Path out, Path err, String... args) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR));
		command.addAll(List.of(args));
		return new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectOutput(out.toFile())
			.redirectError(err.toFile())
			.start();
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

}
