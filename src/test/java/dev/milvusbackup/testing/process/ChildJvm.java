package dev.milvusbackup.testing.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with the class path of the test. It is killed when closed.
 */
public final class ChildJvm implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Process process;

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private ChildJvm(Process process) {
		this.process = process;
		Thread reader = new Thread(this::read, "child-output");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Runs a class that has a {@code main} method.
	 */
	public static ChildJvm start(Class<?> main, String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(List.of(arguments));
		try {
			return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void read() {
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
			output.lines().forEach(this.lines::add);
		}
		catch (IOException ex) {
			this.lines.add(ex.toString());
		}
	}

	/**
	 * Waits for a line that starts so.
	 * @return the rest of it
	 */
	public String await(String prefix) {
		StringBuilder seen = new StringBuilder();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		try {
			while (System.nanoTime() < deadline) {
				String line = this.lines.poll(100, TimeUnit.MILLISECONDS);
				if (line != null && line.startsWith(prefix)) {
					return line.substring(prefix.length());
				}
				if (line != null) {
					seen.append(line).append('\n');
				}
				else if (!this.process.isAlive() && this.lines.isEmpty()) {
					break;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new AssertionError("child did not say '" + prefix + "' but:\n" + seen);
	}

	public void send(String line) {
		try {
			this.process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
			this.process.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * SIGTERM.
	 */
	public void terminate() {
		// The process's own method would close its output, too.
		this.process.toHandle().destroy();
	}

	/**
	 * SIGKILL; the process is gone at return.
	 */
	public void kill() {
		this.process.destroyForcibly();
		awaitExit();
	}

	public long pid() {
		return this.process.pid();
	}

	public int awaitExit() {
		try {
			if (!this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("child does not end");
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

}
