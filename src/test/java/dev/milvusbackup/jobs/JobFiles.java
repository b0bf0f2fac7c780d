package dev.milvusbackup.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the scheduler kit.
 */
public final class JobFiles {

	private JobFiles() {
	}

	/**
	 * A file or directory below jobs/.
	 */
	public static Path path(String name) {
		return Path.of("jobs", name).toAbsolutePath();
	}

	/**
	 * Its text.
	 */
	public static String text(String name) {
		try {
			return Files.readString(path(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The names of all files directly in a directory, sorted.
	 */
	public static List<String> in(String directory) {
		try (Stream<Path> files = Files.list(path(directory))) {
			return files.map((file) -> directory + "/" + file.getFileName()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
