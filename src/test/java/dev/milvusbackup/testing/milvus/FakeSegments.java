package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.milvusbackup.testing.milvus.FakeSegment.Logs;

/**
 * The segments of a collection and what happens to them. Guarded by the lock of the
 * catalogue.
 */
final class FakeSegments {

	private final FakeCatalogue catalogue;

	private final FakeCollection collection;

	private final List<FakeSegment> segments = new ArrayList<>();

	/** Deletes that are not persistent yet. */
	private final List<FakeSegment> deletes = new ArrayList<>();

	FakeSegments(FakeCatalogue catalogue, FakeCollection collection) {
		this.catalogue = catalogue;
		this.collection = collection;
	}

	List<FakeSegment> flushed() {
		return this.segments.stream().filter(FakeSegment::flushed).toList();
	}

	FakeSegment empty(long partitionId, int channel) {
		long id = this.catalogue.nextId();
		int storageVersion = this.collection.columnGroups ? 2 : 0;
		return new FakeSegment(id, this.collection.id(), partitionId, id, false, channel, storageVersion, List.of(),
				List.of(), Logs.NONE);
	}

	FakeSegment emptyLevelZero(long partitionId, int channel) {
		long id = this.catalogue.nextId();
		return new FakeSegment(id, this.collection.id(), partitionId, id, true, channel, 0, List.of(), List.of(),
				Logs.NONE);
	}

	void addGrowing(FakeSegment segment) {
		this.segments.add(segment);
	}

	FakeSegment addFlushed(FakeSegment segment) {
		Map<Long, Set<Long>> columns = (segment.storageVersion() == 2) ? this.collection.fields.groups()
				: this.collection.fields.oneEach();
		FakeSegment written = this.catalogue.binlogs()
			.write(segment, columns, this.collection.fields.dynamicId(), this.catalogue::nextId);
		this.segments.add(written);
		return written;
	}

	/** Into the segment of the partition and channel that still grows. */
	void insert(long partitionId, int channel, List<FakeEntry> rows) {
		FakeSegment growing = this.segments.stream()
			.filter((segment) -> !segment.flushed() && segment.partitionId() == partitionId
					&& segment.channel() == channel)
			.findFirst()
			.orElseGet(() -> empty(partitionId, channel));
		this.segments.remove(growing);
		this.segments.add(growing.withRows(rows));
	}

	void delete(long partitionId, int channel, List<FakeEntry> entries) {
		FakeSegment buffered = this.deletes.stream()
			.filter((segment) -> segment.partitionId() == partitionId && segment.channel() == channel)
			.findFirst()
			.orElseGet(() -> emptyLevelZero(partitionId, channel));
		this.deletes.remove(buffered);
		this.deletes.add(buffered.withDeletes(entries));
	}

	/**
	 * @return ids of the segments that were growing
	 */
	List<Long> flush() {
		List<FakeSegment> growing = this.segments.stream().filter((segment) -> !segment.flushed()).toList();
		this.segments.removeAll(growing);
		growing.forEach(this::addFlushed);
		List<FakeSegment> buffered = List.copyOf(this.deletes);
		this.deletes.clear();
		buffered.forEach(this.collection.levelZero ? this::addFlushed : this::distribute);
		return growing.stream().map(FakeSegment::id).toList();
	}

	/**
	 * All deletes of that level become delta logs of the segments whose rows they hit.
	 */
	void compactLevelZero() {
		List<FakeSegment> levelZero = this.segments.stream()
			.filter((segment) -> segment.levelZero() && segment.flushed())
			.toList();
		levelZero.forEach(this::distribute);
		levelZero.forEach(this::remove);
	}

	/** What a delete says is added to every segment that has such rows. */
	void distribute(FakeSegment deleting) {
		for (FakeSegment target : List.copyOf(this.segments)) {
			if (target.flushed() && target.isReachedFrom(deleting)) {
				Set<Long> keys = new HashSet<>();
				target.content().forEach((row) -> keys.add(row.key()));
				List<FakeEntry> hits = deleting.deleted()
					.stream()
					.filter((entry) -> keys.contains(entry.key()))
					.toList();
				if (!hits.isEmpty()) {
					FakeSegment written = this.catalogue.binlogs().writeDelta(target, hits, this.catalogue::nextId);
					this.segments.set(this.segments.indexOf(target), written.withDeletes(hits));
				}
			}
		}
	}

	/**
	 * Merges the flushed segments of a partition; rows that their own delta logs delete
	 * are gone.
	 */
	void compact(long partitionId) {
		for (int channel = 0; channel < this.collection.shards; channel++) {
			int shard = channel;
			List<FakeSegment> old = this.segments.stream()
				.filter((segment) -> segment.flushed() && !segment.levelZero() && segment.partitionId() == partitionId
						&& segment.channel() == shard)
				.toList();
			if (!old.isEmpty()) {
				List<FakeEntry> rows = new ArrayList<>();
				old.forEach((segment) -> rows.addAll(FakeEntry.surviving(segment.content(), segment.deleted())));
				old.forEach(this::remove);
				if (!rows.isEmpty()) {
					addFlushed(empty(partitionId, shard).withRows(rows));
				}
			}
		}
	}

	void remove(FakeSegment segment) {
		this.segments.remove(segment);
		this.catalogue.binlogs().delete(segment);
	}

	/**
	 * What a query finds in these segments, of all flushed ones.
	 */
	List<FakeEntry> visible(Predicate<FakeSegment> chosen) {
		List<FakeEntry> rows = new ArrayList<>();
		for (FakeSegment segment : flushed()) {
			if (!segment.levelZero() && chosen.test(segment)) {
				List<FakeEntry> deleted = new ArrayList<>(segment.deleted());
				flushed().stream()
					.filter((other) -> other.levelZero() && segment.isReachedFrom(other))
					.forEach((other) -> deleted.addAll(other.deleted()));
				rows.addAll(FakeEntry.surviving(segment.content(), deleted));
			}
		}
		rows.sort(Comparator.comparingLong(FakeEntry::key).thenComparingLong(FakeEntry::timestamp));
		return rows;
	}

}
