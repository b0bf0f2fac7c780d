package dev.milvusbackup.testing.milvus;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.CollectionSchema;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated server holds, under one lock.
 */
final class FakeCatalogue {

	/** Property of a database whose logs are encrypted: given by the server. */
	static final String ZONE_ID = "cipher.ezID";

	/** Property of a database whose logs are encrypted. */
	static final String ZONE_KEY = "cipher.key";

	static final String DEFAULT_GROUP = "__default_resource_group";

	/** Query nodes of the default resource group. */
	private static final int NODES = 2;

	private final FakeVersion version;

	private final FakeBinlogs binlogs;

	private final Map<String, FakeDatabase> databases = new LinkedHashMap<>();

	/** Name to its query nodes. */
	private final Map<String, Integer> resourceGroups = Collections.synchronizedMap(new TreeMap<>());

	private final Map<CollectionName, FakeCollection> collections = new TreeMap<>();

	private final Map<String, Consumer<FakeCollection>> spoiled = new ConcurrentHashMap<>();

	/** Still taken: a server keeps them when their collection is dropped. */
	private final Set<CollectionName> aliasesOfNone = Collections.synchronizedSet(new HashSet<>());

	private @Nullable Map<String, String> keys;

	private long lastId;

	private long lastTimestamp;

	FakeCatalogue(FakeVersion version, FakeBinlogs binlogs, long firstId) {
		this.version = version;
		this.binlogs = binlogs;
		this.lastId = firstId;
		this.resourceGroups.put(DEFAULT_GROUP, NODES);
		addDatabase(CollectionName.DEFAULT_DATABASE, Map.of());
	}

	FakeBinlogs binlogs() {
		return this.binlogs;
	}

	synchronized <T> T locked(Supplier<T> action) {
		return action.get();
	}

	synchronized long nextId() {
		return ++this.lastId;
	}

	/**
	 * A hybrid timestamp, later than all before.
	 */
	synchronized long nextTimestamp() {
		this.lastTimestamp = Math.max(this.lastTimestamp + 1, System.currentTimeMillis() << 18);
		return this.lastTimestamp;
	}

	synchronized FakeEntry entry(long key) {
		return new FakeEntry(key, nextTimestamp());
	}

	/**
	 * @return whether it was not there
	 */
	synchronized boolean addDatabase(String name, Map<String, String> properties) {
		if (this.databases.containsKey(name)) {
			return false;
		}
		this.databases.put(name, new FakeDatabase(this.databases.size() + 1L, new TreeMap<>(properties)));
		return true;
	}

	synchronized boolean hasDatabase(String name) {
		return this.databases.containsKey(name);
	}

	synchronized List<String> databases() {
		return List.copyOf(this.databases.keySet());
	}

	synchronized @Nullable FakeDatabase database(String name) {
		return this.databases.get(name);
	}

	Set<CollectionName> aliasesOfNone() {
		return this.aliasesOfNone;
	}

	/**
	 * What the server's key service makes of a key that comes with an import: from now on
	 * it knows these only.
	 */
	synchronized void keys(Map<String, String> wrappedToKey) {
		this.keys = Map.copyOf(wrappedToKey);
	}

	synchronized String unwrapped(String key) {
		return (this.keys != null) ? this.keys.getOrDefault(key, "unknown") : key;
	}

	Map<String, Integer> resourceGroups() {
		return this.resourceGroups;
	}

	/**
	 * The next collection of that name is not what its creator asked for.
	 */
	void spoil(String name, Consumer<FakeCollection> change) {
		this.spoiled.put(name, change);
	}

	/**
	 * A collection has all that was asked for.
	 */
	void complete(FakeCollection collection) {
		Consumer<FakeCollection> change = this.spoiled.remove(collection.name().name());
		if (change != null) {
			change.accept(collection);
		}
	}

	synchronized FakeCollection create(CollectionName name, CollectionSchema schema) {
		FakeCollection collection = new FakeCollection(this, name, schema, this.version);
		this.collections.put(name, collection);
		FakeDatabase database = this.databases.get(name.database());
		if (database != null && database.properties().containsKey(ZONE_KEY)) {
			this.binlogs.encrypt(collection.id(), database.properties().get(ZONE_KEY));
		}
		return collection;
	}

	/**
	 * By name or alias, or null.
	 */
	synchronized @Nullable FakeCollection find(CollectionName name) {
		FakeCollection named = this.collections.get(name);
		return (named != null) ? named
				: this.collections.values()
					.stream()
					.filter((collection) -> collection.name().database().equals(name.database())
							&& collection.aliases.contains(name.name()))
					.findFirst()
					.orElse(null);
	}

	synchronized List<FakeCollection> collections() {
		return List.copyOf(this.collections.values());
	}

	synchronized void drop(FakeCollection collection) {
		collection.aliases
			.forEach((alias) -> this.aliasesOfNone.add(new CollectionName(collection.name().database(), alias)));
		this.collections.remove(collection.name());
	}

	/**
	 * @param properties as the server keeps them
	 */
	record FakeDatabase(long id, Map<String, String> properties) {
	}

}
