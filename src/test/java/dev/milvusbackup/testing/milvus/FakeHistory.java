package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What users and the server do to the rows of a collection. Thread-safe; shares the lock
 * of its server.
 */
public final class FakeHistory {

	private final FakeCatalogue catalogue;

	private final FakeCollection collection;

	FakeHistory(FakeCatalogue catalogue, FakeCollection collection) {
		this.catalogue = catalogue;
		this.collection = collection;
	}

	/**
	 * Adds a flushed segment that holds nothing but deletes.
	 * @param partition null for deletes in all partitions
	 */
	public FakeSegment levelZeroSegment(@Nullable String partition, long... keys) {
		return this.catalogue.locked(() -> {
			FakeSegment segment = this.collection.segments.emptyLevelZero(scope(partition), 0);
			return this.collection.segments
				.addFlushed(segment.withDeletes(Arrays.stream(keys).mapToObj(this.catalogue::entry).toList()));
		});
	}

	/**
	 * Writes rows, not persistent before the next flush.
	 */
	public void insert(String partition, long... keys) {
		this.catalogue.locked(() -> {
			byChannel(keys, this.catalogue.nextTimestamp()).forEach((channel, rows) -> this.collection.segments
				.insert(this.collection.partition(partition), channel, rows));
			return null;
		});
	}

	/**
	 * Deletes rows, not persistent before the next flush.
	 * @param partition null for all partitions
	 */
	public void delete(@Nullable String partition, long... keys) {
		this.catalogue.locked(() -> {
			byChannel(keys, this.catalogue.nextTimestamp())
				.forEach((channel, entries) -> this.collection.segments.delete(scope(partition), channel, entries));
			return null;
		});
	}

	/**
	 * Deletes rows and writes them again, at the same time.
	 */
	public void upsert(String partition, long... keys) {
		this.catalogue.locked(() -> {
			byChannel(keys, this.catalogue.nextTimestamp()).forEach((channel, entries) -> {
				this.collection.segments.delete(scope(partition), channel, entries);
				this.collection.segments.insert(this.collection.partition(partition), channel, entries);
			});
			return null;
		});
	}

	/**
	 * Makes everything persistent.
	 * @return ids of the segments that were growing
	 */
	public List<Long> flush() {
		return this.catalogue.locked(this.collection.segments::flush);
	}

	/**
	 * Merges the segments of a partition into new ones without the rows that their own
	 * delta logs delete.
	 */
	public void compact(String partition) {
		this.catalogue.locked(() -> {
			this.collection.segments.compact(this.collection.partition(partition));
			return null;
		});
	}

	/**
	 * Turns segments of deletes into delta logs.
	 */
	public void compactLevelZero() {
		this.catalogue.locked(() -> {
			this.collection.segments.compactLevelZero();
			return null;
		});
	}

	private long scope(@Nullable String partition) {
		return (partition != null) ? this.collection.partition(partition) : FakeSegment.ALL_PARTITIONS;
	}

	private Map<Integer, List<FakeEntry>> byChannel(long[] keys, long timestamp) {
		Map<Integer, List<FakeEntry>> channels = new TreeMap<>();
		for (long key : keys) {
			channels.computeIfAbsent(Math.floorMod(key, this.collection.shards), (channel) -> new ArrayList<>())
				.add(new FakeEntry(key, timestamp));
		}
		return channels;
	}

}
