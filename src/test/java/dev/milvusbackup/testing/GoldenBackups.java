package dev.milvusbackup.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStore;

/**
 * The real backups in src/test/resources/golden.
 */
public final class GoldenBackups {

	/** Where the buckets lie on disk. */
	public static final Path DIRECTORY = Path.of("src/test/resources/golden");

	private GoldenBackups() {
	}

	/**
	 * The bucket with {@code backup/golden_v0_4_15} and {@code backup/golden_v0_5_16} in
	 * memory.
	 */
	public static MemoryObjectStore backups() {
		MemoryObjectStore store = new MemoryObjectStore();
		copy(DIRECTORY.resolve("bk-bucket"), store);
		return store;
	}

	/**
	 * The objects of the Milvus that was backed up, below {@code files}, in memory.
	 */
	public static MemoryObjectStore milvus() {
		MemoryObjectStore store = new MemoryObjectStore();
		copy(DIRECTORY.resolve("a-bucket"), store);
		return store;
	}

	private static void copy(Path directory, ObjectStore store) {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String key = directory.relativize(file).toString().replace('\\', '/');
				store.write(new ObjectKey(key), ObjectContent.of(Files.readAllBytes(file)));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
