package dev.milvusbackup.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StoreAddress;

/**
 * Keeps binlogs as lines of one text file, so that a million of them take no memory and
 * no time; everything else goes to the store below.
 */
final class NotedStore implements ObjectStore {

	private static final long BYTES = 1000;

	private final ObjectStore store;

	private final Path notes;

	private final BufferedWriter writer;

	NotedStore(ObjectStore store, Path notes) {
		this.store = store;
		this.notes = notes;
		try {
			this.writer = Files.newBufferedWriter(notes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Lets other processes see what was written.
	 */
	void flush() {
		try {
			synchronized (this.writer) {
				this.writer.flush();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public Stream<ObjectStat> list(ObjectPrefix prefix) {
		flush();
		try {
			Stream<ObjectStat> binlogs = Files.lines(this.notes)
				.filter((line) -> line.startsWith(prefix.value()))
				.map((line) -> noted(new ObjectKey(line)));
			return Stream.concat(this.store.list(prefix), binlogs);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public ObjectStat write(ObjectKey key, ObjectContent content) {
		return isBinlog(key) ? note(key) : this.store.write(key, content);
	}

	@Override
	public ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target) {
		return note(target);
	}

	private ObjectStat note(ObjectKey key) {
		try {
			synchronized (this.writer) {
				this.writer.write(key.value());
				this.writer.write('\n');
			}
			return noted(key);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** With an entity tag as long as a real one. */
	private static ObjectStat noted(ObjectKey key) {
		String hash = Long.toHexString(0x1000_0000_0000_0000L | key.value().hashCode() & 0xffff_ffffL);
		return new ObjectStat(key, BYTES, hash + hash);
	}

	private static boolean isBinlog(ObjectKey key) {
		return key.value().contains("_log/");
	}

	@Override
	public StoreAddress address() {
		return this.store.address();
	}

	@Override
	public List<String> directories(ObjectPrefix prefix) {
		return this.store.directories(prefix);
	}

	@Override
	public Optional<ObjectStat> stat(ObjectKey key) {
		return this.store.stat(key);
	}

	@Override
	public InputStream read(ObjectKey key) {
		return this.store.read(key);
	}

	@Override
	public void delete(Collection<ObjectKey> keys) {
		this.store.delete(keys);
	}

	@Override
	public void close() {
		try {
			this.writer.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.store.close();
	}

}
