package dev.milvusbackup.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The program with a configuration of its own in a directory of its own, to be run as
 * often as needed. Programs whose directories lie side by side share their classes.
 */
final class Program {

	static final String NAME = "b";

	private final Path directory;

	private int runs;

	Program(Path directory, ProgramConfig config) {
		this.directory = directory;
		try {
			Files.createDirectories(directory);
			Files.writeString(directory.resolve("backup.yaml"), config.yaml(directory));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Where the backup is that {@link #create} makes.
	 */
	Path backup() {
		return ProgramConfig.backupRoot(this.directory).resolve(NAME);
	}

	Path repository() {
		return ProgramConfig.repository(this.directory);
	}

	ProgramRun create(Moment moment, String filter) {
		return start(moment, "create", "-n", NAME, "--filter", filter);
	}

	ProgramRun restore(Moment moment, String suffix) {
		return start(moment, "restore", "-n", NAME, "--suffix", suffix, "--rebuild_index");
	}

	/**
	 * Starts a process; the caller closes it.
	 */
	ProgramRun start(Moment moment, String... arguments) {
		this.runs++;
		Path run = this.directory.resolve("run-" + this.runs);
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(new ChildClasses(this.directory.getParent()).options());
		command.addAll(List.of(CrashChild.class.getName(), moment.text(), run + ".records"));
		command.addAll(List.of(arguments));
		command.addAll(List.of("--config", this.directory.resolve("backup.yaml").toString(), "--output", "json"));
		return ProgramRun.start(command, this.directory, run);
	}

}
