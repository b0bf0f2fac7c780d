package dev.milvusbackup.storage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.StreamSupport;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StoreMetrics;

/**
 * Directories, which exist for the objects in them only.
 */
final class Directories {

	private Directories() {
	}

	/**
	 * Names of the directories in the prefix that hold objects, at any depth, sorted.
	 */
	static List<String> names(LocalRoot root, ObjectPrefix prefix, StoreMetrics metrics) {
		metrics.lists().increment();
		Path directory = root.path(prefix.value());
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
			return StreamSupport.stream(entries.spliterator(), false)
				.map((entry) -> entry.getFileName().toString())
				.filter((name) -> holdsObjects(root, prefix.directory(name), metrics))
				.sorted()
				.toList();
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			return List.of();
		}
		catch (IOException | DirectoryIteratorException ex) {
			throw LocalErrors.translate("list", directory.toString(), ex);
		}
	}

	private static boolean holdsObjects(LocalRoot root, ObjectPrefix prefix, StoreMetrics metrics) {
		try (FileTree tree = new FileTree(root, prefix, metrics)) {
			return tree.hasNext();
		}
	}

	/**
	 * Creates the directory and its missing parents, each of them to last.
	 */
	static void create(Path directory) throws IOException {
		Deque<Path> missing = new ArrayDeque<>();
		for (Path path = directory; path != null && !Files.isDirectory(path); path = path.getParent()) {
			missing.push(path);
		}
		for (Path path : missing) {
			Files.createDirectories(path);
			force(path.getParent());
		}
	}

	/**
	 * Removes the directory and its parents below the root as long as they hold nothing
	 * but abandoned temporary files.
	 */
	static void removeEmpty(Path directory, Path root) throws IOException {
		for (Path path = directory; !path.equals(root) && path.startsWith(root); path = path.getParent()) {
			if (!isEmpty(path) || !removeWithTemporaries(path)) {
				force(path);
				return;
			}
		}
		force(root);
	}

	private static boolean isEmpty(Path directory) throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory,
				(entry) -> !entry.getFileName().toString().startsWith(AtomicFiles.TEMPORARY))) {
			return !entries.iterator().hasNext();
		}
		catch (NoSuchFileException ex) {
			return true;
		}
	}

	private static boolean removeWithTemporaries(Path directory) throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, AtomicFiles.TEMPORARY + "*")) {
			for (Path entry : entries) {
				Files.deleteIfExists(entry);
			}
		}
		catch (NoSuchFileException ex) {
			return true;
		}
		try {
			Files.deleteIfExists(directory);
			return true;
		}
		catch (DirectoryNotEmptyException ex) {
			return false;
		}
	}

	/**
	 * Makes the names in the directory last.
	 */
	static void force(Path directory) throws IOException {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (NoSuchFileException ex) {
			// removed meanwhile: no name is left to be kept
			return;
		}
	}

}
