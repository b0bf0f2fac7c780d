package dev.milvusbackup.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * What Milvus exported of one collection. All keys of it have the collection's id as one
 * of their parts, and its description comes last (format.md 8.1).
 */
record BundleObjects(ObjectStore store, BackupLayout layout, long collectionId) {

	private static final int BATCH = 1000;

	/**
	 * Whether the key is that of a description of this collection.
	 */
	boolean isDescription(ObjectKey key) {
		String path = "/snapshots/" + this.collectionId + "/metadata/";
		return this.layout.bundle().contains(key) && key.value().contains(path) && key.value().endsWith(".json");
	}

	/**
	 * The description of an export that has ended well; of several that of the last
	 * snapshot.
	 */
	Optional<ObjectKey> description() {
		ObjectPrefix directory = this.layout.bundle()
			.directory("snapshots")
			.directory(this.collectionId)
			.directory("metadata");
		try (Stream<ObjectStat> objects = this.store.list(directory)) {
			return objects.map(ObjectStat::key)
				.filter(this::isDescription)
				.max(Comparator.<ObjectKey>comparingInt((key) -> key.value().length())
					.thenComparing(Comparator.naturalOrder()));
		}
	}

	/**
	 * How much there is, as Milvus would have told it.
	 */
	Sum sum() {
		long[] sum = new long[2];
		try (Stream<ObjectStat> objects = objects()) {
			objects.forEach((object) -> {
				sum[0]++;
				sum[1] += object.bytes();
			});
		}
		return new Sum(sum[0], sum[1]);
	}

	/**
	 * Removes what an export left that did not end well.
	 */
	void clear() {
		List<ObjectKey> batch = new ArrayList<>();
		try (Stream<ObjectStat> objects = objects()) {
			objects.map(ObjectStat::key).forEach(batch::add);
		}
		for (int from = 0; from < batch.size(); from += BATCH) {
			this.store.delete(batch.subList(from, Math.min(batch.size(), from + BATCH)));
		}
	}

	private Stream<ObjectStat> objects() {
		String part = "/" + this.collectionId + "/";
		int bundle = this.layout.bundle().value().length() - 1;
		return this.store.list(this.layout.bundle())
			.filter((object) -> object.key().value().indexOf(part, bundle) >= 0);
	}

	/**
	 * A number of objects and their size.
	 */
	record Sum(long files, long bytes) {
	}

}
