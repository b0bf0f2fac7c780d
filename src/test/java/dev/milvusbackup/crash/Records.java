package dev.milvusbackup.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a child did, one line each, in a file that survives it. Thread-safe.
 *
 * @param file appended to
 */
record Records(Path file) {

	/** The child's moment has come. */
	static final String REACHED = "reached";

	synchronized void add(String line) {
		try {
			Files.writeString(this.file, line.strip() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> lines() {
		try {
			return Files.exists(this.file) ? Files.readAllLines(this.file) : List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean reached() {
		return lines().contains(REACHED);
	}

	/**
	 * Keys of the objects that were copied, one for each copy.
	 * @param call {@code copy} for copies by the store, {@code write} for all others
	 */
	List<String> keys(String call) {
		return lines().stream()
			.filter((line) -> line.startsWith(call + " "))
			.map((line) -> line.substring(call.length() + 1))
			.filter((key) -> !key.contains("/meta/"))
			.toList();
	}

}
