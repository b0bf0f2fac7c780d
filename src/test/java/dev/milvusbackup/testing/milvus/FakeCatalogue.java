package dev.milvusbackup.testing.milvus;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.CollectionSchema;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated server holds, under one lock.
 */
final class FakeCatalogue {

	private final FakeBinlogs binlogs;

	private final Set<String> databases = new LinkedHashSet<>(Set.of(CollectionName.DEFAULT_DATABASE));

	private final Map<CollectionName, FakeCollection> collections = new TreeMap<>();

	private long lastId;

	FakeCatalogue(FakeBinlogs binlogs, long firstId) {
		this.binlogs = binlogs;
		this.lastId = firstId;
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

	synchronized boolean addDatabase(String name) {
		return this.databases.add(name);
	}

	synchronized boolean hasDatabase(String name) {
		return this.databases.contains(name);
	}

	synchronized List<String> databases() {
		return List.copyOf(this.databases);
	}

	synchronized FakeCollection create(CollectionName name, CollectionSchema schema) {
		FakeCollection collection = new FakeCollection(this, name, schema);
		this.collections.put(name, collection);
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
		this.collections.remove(collection.name());
	}

}
