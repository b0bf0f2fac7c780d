package dev.milvusbackup.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A way to start the program.
 *
 * @param environment that it is started with beside this process's own
 * @param command before the options of Java; none when they are passed in the environment
 * @param arguments between the options of Java and the verb
 */
record Program(Map<String, String> environment, List<String> command, List<String> arguments) {

	static final String HEAP = "-Xmx256m";

	private static final Path LAUNCHER = Path.of("jobs/bin/milvus-backup");

	/**
	 * As the schedulers start it.
	 * @param archive of classes, written by the first run when missing
	 */
	static Program launcher(Path jar, Path archive) {
		return new Program(
				Map.of("MILVUS_BACKUP_JAR", jar.toAbsolutePath().toString(), "MILVUS_BACKUP_CLASS_ARCHIVE",
						archive.toString(), "JAVA_HOME", System.getProperty("java.home")),
				List.of(), List.of(LAUNCHER.toAbsolutePath().toString()));
	}

	/**
	 * With Java's own settings.
	 * @param arguments that name the program
	 */
	static Program plain(List<String> arguments) {
		return new Program(Map.of(), List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
				arguments);
	}

	/**
	 * @param collections where Java notes its garbage collections
	 */
	ProcessBuilder process(Path collections, List<String> verb) {
		List<String> options = List.of(HEAP, "-Xlog:gc:file=" + collections);
		List<String> all = new ArrayList<>(this.command);
		if (!this.command.isEmpty()) {
			all.addAll(options);
		}
		all.addAll(this.arguments);
		all.addAll(verb);
		ProcessBuilder process = new ProcessBuilder(all);
		process.environment().putAll(this.environment);
		if (this.command.isEmpty()) {
			process.environment().put("MILVUS_BACKUP_JAVA_OPTIONS", String.join(" ", options));
		}
		return process;
	}

}
