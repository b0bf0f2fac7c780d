package dev.milvusbackup.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One process of the program. It is killed when closed.
 */
final class ProgramRun implements AutoCloseable {

	/** Of a process killed by signal 9. */
	static final int KILLED = 137;

	static final Duration PATIENCE = Duration.ofMinutes(4);

	private final Process process;

	private final Path files;

	private final Records records;

	private ProgramRun(Process process, Path files) {
		this.process = process;
		this.files = files;
		this.records = new Records(file("records"));
	}

	/**
	 * @param files how the names begin of the files for what it prints
	 */
	static ProgramRun start(List<String> command, Path directory, Path files) {
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectOutput(Path.of(files + ".out").toFile())
			.redirectError(Path.of(files + ".err").toFile());
		builder.environment().put("HOME", directory.toString());
		try {
			return new ProgramRun(builder.start(), files);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Records records() {
		return this.records;
	}

	/**
	 * Waits until the moment of the process has come.
	 */
	void awaitMoment() {
		Awaitility.await("the moment of the process")
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.failFast("it still lives", this::requireAliveOrThere)
			.until(this.records::reached);
	}

	/**
	 * The word that it waits for.
	 */
	void go() {
		try {
			this.process.getOutputStream().write('\n');
			this.process.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * SIGTERM.
	 */
	void terminate() {
		this.process.toHandle().destroy();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	int awaitExit() {
		try {
			if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("the process does not end: " + tell());
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Waits for the end and fails with what the process printed when it is not as
	 * expected.
	 */
	ProgramRun expect(int exitCode) {
		int found = awaitExit();
		if (found != exitCode) {
			throw new AssertionError("exit code " + found + " instead of " + exitCode + ": " + tell());
		}
		return this;
	}

	/**
	 * All of stdout, which is one JSON object.
	 */
	JsonNode json() {
		return JsonMapper.builder().build().readTree(read("out"));
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		awaitExit();
	}

	private void requireAliveOrThere() {
		if (!this.process.isAlive() && !this.records.reached()) {
			throw new AssertionError("it ended before: " + tell());
		}
	}

	private String tell() {
		return read("out") + "\n" + read("err") + "\n" + this.records.lines();
	}

	private String read(String kind) {
		try {
			return Files.readString(file(kind));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file(String kind) {
		return Path.of(this.files + "." + kind);
	}

}
