package dev.milvusbackup.storage.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StoreMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The files below a directory, depth first, one open directory a level. What is deleted
 * meanwhile is left out. Not thread-safe.
 */
final class FileTree implements Iterator<ObjectStat>, AutoCloseable {

	private final Path root;

	private final StoreMetrics metrics;

	private final Deque<Level> levels = new ArrayDeque<>();

	private @Nullable Path unopened;

	private @Nullable ObjectStat next;

	FileTree(LocalRoot root, ObjectPrefix prefix, StoreMetrics metrics) {
		this.root = root.directory();
		this.metrics = metrics;
		this.unopened = root.path(prefix.value());
	}

	@Override
	public boolean hasNext() {
		if (this.unopened != null) {
			Path first = this.unopened;
			this.unopened = null;
			enter(first);
		}
		while (this.next == null && !this.levels.isEmpty()) {
			advance(this.levels.element());
		}
		return this.next != null;
	}

	@Override
	public ObjectStat next() {
		if (!hasNext() || this.next == null) {
			throw new NoSuchElementException();
		}
		ObjectStat entry = this.next;
		this.next = null;
		return entry;
	}

	private void advance(Level level) {
		try {
			if (!level.entries().hasNext()) {
				this.levels.remove();
				level.stream().close();
				return;
			}
			visit(level.entries().next());
		}
		catch (IOException | DirectoryIteratorException ex) {
			throw LocalErrors.translate("list", level.directory().toString(), ex);
		}
	}

	private void visit(Path path) throws IOException {
		BasicFileAttributes attributes;
		try {
			attributes = Files.readAttributes(path, BasicFileAttributes.class);
		}
		catch (IOException ex) {
			if (LocalErrors.missing(ex)) {
				return;
			}
			throw ex;
		}
		if (attributes.isDirectory()) {
			enter(path);
		}
		else if (attributes.isRegularFile() && !path.getFileName().toString().startsWith(AtomicFiles.TEMPORARY)) {
			ObjectKey key = new ObjectKey(this.root.relativize(path).toString());
			this.next = new ObjectStat(key, attributes.size(), null);
		}
	}

	private void enter(Path directory) {
		this.metrics.lists().increment();
		try {
			DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
			this.levels.push(new Level(directory, stream, stream.iterator()));
		}
		catch (IOException ex) {
			if (!LocalErrors.missing(ex) && !(ex instanceof NotDirectoryException)) {
				throw LocalErrors.translate("list", directory.toString(), ex);
			}
		}
	}

	@Override
	public void close() {
		while (!this.levels.isEmpty()) {
			Level level = this.levels.remove();
			try {
				level.stream().close();
			}
			catch (IOException ex) {
				throw LocalErrors.translate("list", level.directory().toString(), ex);
			}
		}
	}

	private record Level(Path directory, DirectoryStream<Path> stream, Iterator<Path> entries) {
	}

}
