package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts another JVM with the class path of the tests.
 */
final class ChildProcess {

	private ChildProcess() {
	}

	/**
	 * @param directory where it runs and keeps what it prints in {@code out} and
	 * {@code err}
	 */
	static Process start(Path directory, Class<?> main, List<String> options, String... args) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command
			.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectOutput(directory.resolve("out").toFile())
			.redirectError(directory.resolve("err").toFile());
		builder.environment().putAll(Map.of("HOME", directory.toString()));
		return builder.start();
	}

}
