package dev.milvusbackup.testing.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A file system of its own in memory, as small as wanted. Only root can have one.
 */
public final class SmallDisk implements AutoCloseable {

	private final Path directory;

	private SmallDisk(Path directory) {
		this.directory = directory;
	}

	/**
	 * @param directory existing, empty
	 */
	public static SmallDisk mount(Path directory, int kibibytes) {
		run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", directory.toString());
		return new SmallDisk(directory);
	}

	/**
	 * More space, or less; what is there stays.
	 */
	public void resize(int kibibytes) {
		run("mount", "-o", "remount,size=" + kibibytes + "k", this.directory.toString());
	}

	@Override
	public void close() {
		run("umount", "-l", this.directory.toString());
	}

	/**
	 * @return why there cannot be one here, or null if there can
	 */
	static @Nullable String missing() {
		try {
			Path directory = Files.createTempDirectory("small-disk");
			try {
				mount(directory, 64).close();
				return null;
			}
			catch (IllegalStateException ex) {
				return ex.getMessage();
			}
			finally {
				Files.delete(directory);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void run(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			if (process.waitFor() != 0) {
				throw new IllegalStateException("file systems cannot be mounted here: " + said);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("file systems cannot be mounted here: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
