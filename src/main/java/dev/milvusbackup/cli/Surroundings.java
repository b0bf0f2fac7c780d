package dev.milvusbackup.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a process has around it.
 *
 * @param out takes results only
 * @param err takes everything else
 * @param interactive whether {@code err} is a terminal
 * @param directory that relative paths start from
 */
public record Surroundings(PrintStream out, PrintStream err, boolean interactive, Map<String, String> environment,
		Path directory) {

	/**
	 * Those of this process.
	 */
	public static Surroundings ofProcess() {
		// null when stdin or stdout is redirected; a bar then would only fill a file
		boolean interactive = System.console() != null && !"dumb".equals(System.getenv("TERM"));
		return new Surroundings(stream(FileDescriptor.out), stream(FileDescriptor.err), interactive, System.getenv(),
				Path.of(""));
	}

	private static PrintStream stream(FileDescriptor descriptor) {
		return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
	}

}
