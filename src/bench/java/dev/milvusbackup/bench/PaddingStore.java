package dev.milvusbackup.bench;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StoreAddress;

/**
 * Makes the binlogs of a simulated Milvus as large as real ones, and writes several at
 * once. What was written is there after {@link #await()}.
 */
final class PaddingStore implements ObjectStore {

	private static final int WRITERS = 16;

	private final ObjectStore store;

	private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

	private final Queue<Future<ObjectStat>> writes = new ConcurrentLinkedQueue<>();

	private volatile int bytes;

	PaddingStore(ObjectStore store) {
		this.store = store;
	}

	/**
	 * Size of what is written from now on.
	 */
	void size(int objectBytes) {
		this.bytes = objectBytes;
	}

	void await() throws InterruptedException, ExecutionException {
		for (Future<ObjectStat> write = this.writes.poll(); write != null; write = this.writes.poll()) {
			write.get();
		}
	}

	@Override
	public ObjectStat write(ObjectKey key, ObjectContent content) {
		try (InputStream in = content.open()) {
			byte[] padded = Arrays.copyOf(in.readAllBytes(), this.bytes);
			this.writes.add(this.writers.submit(() -> this.store.write(key, ObjectContent.of(padded))));
			return new ObjectStat(key, padded.length, null);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public StoreAddress address() {
		return this.store.address();
	}

	@Override
	public Stream<ObjectStat> list(ObjectPrefix prefix) {
		return this.store.list(prefix);
	}

	@Override
	public List<String> directories(ObjectPrefix prefix) {
		return this.store.directories(prefix);
	}

	@Override
	public Optional<Instant> lastModified(ObjectPrefix prefix, Predicate<ObjectKey> which) {
		return this.store.lastModified(prefix, which);
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
	public ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target) {
		return this.store.copy(source, object, target);
	}

	@Override
	public void delete(Collection<ObjectKey> keys) {
		this.store.delete(keys);
	}

	/**
	 * Does not close the store below.
	 */
	@Override
	public void close() {
		this.writers.shutdownNow();
	}

}
