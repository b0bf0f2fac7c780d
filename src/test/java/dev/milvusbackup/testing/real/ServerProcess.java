package dev.milvusbackup.testing.real;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server as a child process, its output in a file. It ends with this JVM.
 */
final class ServerProcess implements AutoCloseable {

	private static final long SECONDS_TO_STOP = 10;

	private final Process process;

	private final Thread hook = new Thread(this::kill, "stop-real-server");

	private ServerProcess(Process process) {
		this.process = process;
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Starts the command; what it prints is appended to the log.
	 */
	static ServerProcess start(List<String> command, Map<String, String> environment, Path log) {
		try {
			Files.createDirectories(log.getParent());
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectInput(Redirect.from(new File("/dev/null")))
				.redirectOutput(Redirect.appendTo(log.toFile()));
			builder.environment().putAll(environment);
			return new ServerProcess(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to start '%s'".formatted(command.get(0)), ex);
		}
	}

	long pid() {
		return this.process.pid();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Asks the server to end, and kills it if it does not in time.
	 */
	void stop() {
		this.process.destroy();
		try {
			this.process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		kill();
	}

	void kill() {
		List<ProcessHandle> all = this.process.descendants().toList();
		this.process.destroyForcibly();
		all.forEach(ProcessHandle::destroyForcibly);
		this.process.onExit().join();
	}

	@Override
	public void close() {
		stop();
		Runtime.getRuntime().removeShutdownHook(this.hook);
	}

}
