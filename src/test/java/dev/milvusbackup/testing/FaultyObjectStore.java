package dev.milvusbackup.testing;

import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.milvusbackup.storage.Listing;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StoreAddress;
import dev.milvusbackup.testing.Fault.Operation;

/**
 * Wraps any store and misbehaves as scripted. Thread-safe; calls are counted from 1.
 *
 * <pre>
 * FaultyObjectStore store = new FaultyObjectStore(new MemoryObjectStore());
 * store.on(Operation.COPY).nth(3).fail();                    // the third copy: 503
 * store.on(Operation.READ).nth(1).times(2).cutAfter(10);     // the first two streams
 * store.on(Operation.LIST_ENTRY).nth(1001).times(2).fail();  // a page, and its first repetition
 * store.on(Operation.WRITE).key("backup_meta.json").fail(new StorageException(...));
 * store.on(Operation.COPY).nth(5).run(harness::kill);        // before the call
 * store.on(Operation.WRITE).nth(1).after(() -> { throw ... });  // done, but the answer is lost
 * Fault.Hang hang = store.on(Operation.WRITE).hang();  // until hang.release()
 * store.on(Operation.LIST_ENTRY).key("a").size(7);           // lies about the size
 * </pre>
 *
 * Without {@code nth} a rule meets every call; {@code nth} and {@code times} count only
 * the calls that the rule's key meets. Of several rules all apply, in the order of their
 * making.
 */
public final class FaultyObjectStore implements ObjectStore {

	private final ObjectStore store;

	private final List<Fault> faults = new CopyOnWriteArrayList<>();

	private final Map<Operation, AtomicInteger> calls = new EnumMap<>(Operation.class);

	public FaultyObjectStore(ObjectStore store) {
		this.store = store;
		for (Operation operation : Operation.values()) {
			this.calls.put(operation, new AtomicInteger());
		}
	}

	/**
	 * Begins a rule; it is in force as soon as its effect is named.
	 */
	public Fault on(Operation operation) {
		return new Fault(operation, this.faults::add);
	}

	/**
	 * How often the operation has been called, failed calls included.
	 */
	public int calls(Operation operation) {
		return this.calls.get(operation).get();
	}

	/**
	 * Forgets all rules and counts.
	 */
	public void heal() {
		this.faults.clear();
		this.calls.values().forEach((count) -> count.set(0));
	}

	/**
	 * A 503 as a store reports it.
	 */
	public static StorageException unavailable() {
		return new StorageException(StorageException.Kind.TRANSIENT, "unable to reach the store: 503 (scripted)", null,
				null);
	}

	@Override
	public StoreAddress address() {
		return this.store.address();
	}

	@Override
	public Stream<ObjectStat> list(ObjectPrefix prefix) {
		Stream<ObjectStat> listing = call(Operation.LIST, prefix.value(), () -> this.store.list(prefix));
		return Listing.stream(new Entries(listing.iterator()), listing::close);
	}

	@Override
	public List<String> directories(ObjectPrefix prefix) {
		return call(Operation.DIRECTORIES, prefix.value(), () -> this.store.directories(prefix));
	}

	/**
	 * Counts as a listing.
	 */
	@Override
	public Optional<Instant> lastModified(ObjectPrefix prefix, Predicate<ObjectKey> which) {
		return call(Operation.LIST, prefix.value(), () -> this.store.lastModified(prefix, which));
	}

	@Override
	public Optional<ObjectStat> stat(ObjectKey key) {
		return call(Operation.STAT, key.value(), () -> this.store.stat(key));
	}

	@Override
	public InputStream read(ObjectKey key) {
		return call(Operation.READ, key.value(), () -> this.store.read(key));
	}

	@Override
	public InputStream read(ObjectStat object) {
		return call(Operation.READ, object.key().value(), () -> this.store.read(object));
	}

	@Override
	public ObjectStat write(ObjectKey key, ObjectContent content) {
		return call(Operation.WRITE, key.value(), () -> this.store.write(key, content));
	}

	/**
	 * The key of a rule is the target's.
	 */
	@Override
	public ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target) {
		return call(Operation.COPY, target.value(), () -> this.store.copy(source, object, target));
	}

	/**
	 * The key of a rule is the first one deleted.
	 */
	@Override
	public void delete(Collection<ObjectKey> keys) {
		String first = keys.stream().map(ObjectKey::value).findFirst().orElse("");
		call(Operation.DELETE, first, () -> {
			this.store.delete(keys);
			return keys;
		});
	}

	@Override
	public void close() {
		this.store.close();
	}

	@Override
	public String toString() {
		return this.store.toString();
	}

	private <T> T call(Operation operation, String key, Supplier<T> action) {
		List<Fault> met = meet(operation, key);
		met.forEach(Fault::before);
		Object result = action.get();
		for (Fault fault : met) {
			result = fault.after(result);
		}
		@SuppressWarnings("unchecked")
		T changed = (T) result;
		return changed;
	}

	private List<Fault> meet(Operation operation, String key) {
		this.calls.get(operation).incrementAndGet();
		return this.faults.stream().filter((fault) -> fault.meets(operation, key)).toList();
	}

	/**
	 * Meets the rules entry by entry. An entry that failed is asked for again.
	 */
	private final class Entries implements Iterator<ObjectStat> {

		private final Iterator<ObjectStat> entries;

		private Optional<ObjectStat> fetched = Optional.empty();

		private Optional<ObjectStat> ready = Optional.empty();

		Entries(Iterator<ObjectStat> entries) {
			this.entries = entries;
		}

		@Override
		public boolean hasNext() {
			if (this.ready.isPresent()) {
				return true;
			}
			if (this.fetched.isEmpty() && this.entries.hasNext()) {
				this.fetched = Optional.of(this.entries.next());
			}
			this.fetched.ifPresent((entry) -> {
				this.ready = Optional.of(call(Operation.LIST_ENTRY, entry.key().value(), () -> entry));
				this.fetched = Optional.empty();
			});
			return this.ready.isPresent();
		}

		@Override
		public ObjectStat next() {
			hasNext();
			ObjectStat entry = this.ready.orElseThrow();
			this.ready = Optional.empty();
			return entry;
		}

	}

}
