package dev.milvusbackup.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One {@code create}, as a process of its own.
 *
 * @param seconds from the start of the process to its end
 * @param processorSeconds that the process used, on all processors together
 * @param peakHeapMiB the most that was in use when a garbage collection began
 * @param requests as the program counted them
 */
record ProgramRun(double seconds, double processorSeconds, long peakHeapMiB, String requests) {

	private static final Pattern COLLECTION = Pattern.compile("Pause .* (\\d+)M->\\d+M\\(\\d+M\\)");

	private static final Pattern COPIES = Pattern.compile("copy=(\\d+)");

	private static final String REQUESTS = "requests to the storages: ";

	/**
	 * @param directory with the configuration, for what the program keeps
	 */
	static ProgramRun of(Program program, Path directory) throws IOException, InterruptedException {
		Path collections = directory.resolve("gc.log");
		ProcessBuilder builder = program
			.process(collections,
					List.of("create", "-n", "b", "--quiet", "--config", directory.resolve("backup.yaml").toString()))
			.directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("output").toFile());
		double processorTime = ChildProcessorTime.seconds();
		long start = System.nanoTime();
		int exitCode = builder.start().waitFor();
		double seconds = (System.nanoTime() - start) / 1e9;
		if (exitCode != 0) {
			throw new IllegalStateException(
					"exit code " + exitCode + ": " + Files.readString(directory.resolve("output")));
		}
		return new ProgramRun(seconds, ChildProcessorTime.seconds() - processorTime, peakHeap(collections),
				requests(directory.resolve("backup.log")));
	}

	/**
	 * Objects that the store copied for the program, repeated copies included.
	 */
	long copies() {
		Matcher copies = COPIES.matcher(this.requests);
		if (!copies.find()) {
			throw new IllegalStateException("no copies in '" + this.requests + "'");
		}
		return Long.parseLong(copies.group(1));
	}

	private static long peakHeap(Path collections) throws IOException {
		try (Stream<String> lines = Files.lines(collections)) {
			return lines.map(COLLECTION::matcher)
				.filter(Matcher::find)
				.mapToLong((found) -> Long.parseLong(found.group(1)))
				.max()
				.orElse(0);
		}
	}

	private static String requests(Path log) throws IOException {
		try (Stream<String> lines = Files.lines(log)) {
			return lines.filter((line) -> line.contains(REQUESTS))
				.map((line) -> line.substring(line.indexOf(REQUESTS) + REQUESTS.length()))
				.reduce((first, last) -> last)
				.orElseThrow(
						() -> new IllegalStateException("the program did not count its requests in '" + log + "'"));
		}
	}

}
