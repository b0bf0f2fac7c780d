package dev.milvusbackup.storage;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A store whose transient failures are retried; the one place where that is done. A
 * listing is retried page by page. Of a read only the opening is: who copies a stream
 * repeats the whole object when it is cut.
 */
public final class RetryingObjectStore implements ObjectStore {

	private static final int DELETE_BATCH = 1000;

	private final ObjectStore store;

	private final Retries retries;

	public RetryingObjectStore(ObjectStore store, Retries retries) {
		this.store = store;
		this.retries = retries;
	}

	@Override
	public StoreAddress address() {
		return this.store.address();
	}

	@Override
	public Stream<ObjectStat> list(ObjectPrefix prefix) {
		Stream<ObjectStat> listing = call(() -> this.store.list(prefix));
		Iterator<ObjectStat> entries = listing.iterator();
		return Listing.stream(new Iterator<>() {
			@Override
			public boolean hasNext() {
				return call(entries::hasNext);
			}

			@Override
			public ObjectStat next() {
				return entries.next();
			}
		}, listing::close);
	}

	@Override
	public List<String> directories(ObjectPrefix prefix) {
		return call(() -> this.store.directories(prefix));
	}

	@Override
	public Optional<Instant> lastModified(ObjectPrefix prefix, Predicate<ObjectKey> which) {
		return call(() -> this.store.lastModified(prefix, which));
	}

	@Override
	public Optional<ObjectStat> stat(ObjectKey key) {
		return call(() -> this.store.stat(key));
	}

	@Override
	public InputStream read(ObjectKey key) {
		return call(() -> this.store.read(key));
	}

	@Override
	public InputStream read(ObjectStat object) {
		return call(() -> this.store.read(object));
	}

	@Override
	public ObjectStat write(ObjectKey key, ObjectContent content) {
		return call(() -> this.store.write(key, content));
	}

	@Override
	public ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target) {
		return call(() -> this.store.copy(source, object, target));
	}

	/**
	 * Deletes and retries batch by batch.
	 */
	@Override
	public void delete(Collection<ObjectKey> keys) {
		List<ObjectKey> all = new ArrayList<>(keys);
		for (int from = 0; from < all.size(); from += DELETE_BATCH) {
			List<ObjectKey> batch = all.subList(from, Math.min(all.size(), from + DELETE_BATCH));
			this.retries.run(() -> this.store.delete(batch));
		}
	}

	@Override
	public void close() {
		this.store.close();
	}

	@Override
	public String toString() {
		return this.store.toString();
	}

	private <T> T call(Supplier<T> action) {
		return this.retries.call(action);
	}

}
