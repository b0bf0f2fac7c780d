package dev.milvusbackup.testing.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A new directory of one server, {@code target/it/<name>-<number>}. Its
 * {@code server.log} remains when the rest is deleted.
 */
record ServerDirectory(Path path) {

	static ServerDirectory create(String name) {
		try {
			Path parent = Files.createDirectories(Installation.workDirectory());
			return new ServerDirectory(Files.createTempDirectory(parent, name + "-"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to create a directory for '%s'".formatted(name), ex);
		}
	}

	Path log() {
		return this.path.resolve("server.log");
	}

	void delete() {
		try (Stream<Path> all = Files.walk(this.path)) {
			all.sorted(Comparator.reverseOrder())
				.filter((file) -> !file.equals(this.path) && !file.equals(log()))
				.forEach(ServerDirectory::delete);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to delete '%s'".formatted(this.path), ex);
		}
	}

	private static void delete(Path file) {
		try {
			Files.delete(file);
		}
		catch (NoSuchFileException ex) {
			// the server's last act may have been to delete it
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to delete '%s'".formatted(file), ex);
		}
	}

}
