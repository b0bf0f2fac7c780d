package dev.milvusbackup.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.layout.MilvusLayout.LogLocation;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * The binlogs that lie in a collection's directories, grouped by segment: one recursive
 * listing for the rows and one for the deletes. Holds the deletes and one segment in
 * memory.
 */
final class SegmentListing {

	private final ObjectStore store;

	private final MilvusLayout layout;

	SegmentListing(ObjectStore store, MilvusLayout layout) {
		this.store = store;
		this.layout = layout;
	}

	/**
	 * All segments that have an object, those with rows first. The caller closes the
	 * stream. Objects that are no binlogs are left out.
	 */
	Stream<Found> segments(long collectionId) {
		Map<Long, Found> deletes = deletes(collectionId);
		Stream<ObjectStat> inserts = this.store.list(this.layout.logs(BinlogKind.INSERT, collectionId));
		Iterator<Found> groups = new Groups(inserts.map(this::located).flatMap(Optional::stream).iterator());
		Set<Long> seen = new HashSet<>();
		Stream<Found> withRows = StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(groups, Spliterator.ORDERED | Spliterator.NONNULL), false)
			.map((found) -> merge(found, deletes.get(found.segmentId())))
			.peek((found) -> requireFirst(seen, found));
		Stream<Found> deletesOnly = Stream.of(deletes)
			.flatMap((all) -> all.values().stream())
			.filter((found) -> !seen.contains(found.segmentId()));
		return Stream.concat(withRows, deletesOnly).onClose(inserts::close);
	}

	private Map<Long, Found> deletes(long collectionId) {
		Map<Long, Found> deletes = new HashMap<>();
		try (Stream<ObjectStat> listing = this.store.list(this.layout.logs(BinlogKind.DELTA, collectionId))) {
			listing.map(this::located)
				.flatMap(Optional::stream)
				.forEach((located) -> deletes
					.computeIfAbsent(located.location().segmentId(),
							(id) -> new Found(located.location().partitionId(), id, new ArrayList<>()))
					.binlogs()
					.add(located.binlog()));
		}
		deletes.values().forEach((found) -> found.binlogs().sort(Comparator.comparingLong(Binlog::logId)));
		return deletes;
	}

	private Optional<Located> located(ObjectStat object) {
		return this.layout.parse(object.key())
			.map((location) -> new Located(location,
					new Binlog(location.kind(), location.fieldId(), location.logId(), object.bytes(), object.etag())));
	}

	private static Found merge(Found rows, Found deletes) {
		rows.binlogs().sort(Comparator.comparingLong(Binlog::fieldId).thenComparingLong(Binlog::logId));
		if (deletes != null) {
			rows.binlogs().addAll(deletes.binlogs());
		}
		return rows;
	}

	private static void requireFirst(Set<Long> seen, Found found) {
		if (!seen.add(found.segmentId())) {
			throw new IllegalStateException("the listing is not grouped by segment: " + found.segmentId());
		}
	}

	/**
	 * A segment in a listing.
	 *
	 * @param binlogs by field and log, deletes last
	 * @param virtualChannel null when only listed
	 */
	record Found(long partitionId, long segmentId, List<Binlog> binlogs, @Nullable String virtualChannel) {

		Found(long partitionId, long segmentId, List<Binlog> binlogs) {
			this(partitionId, segmentId, binlogs, null);
		}

		/**
		 * The same segment with fewer objects.
		 * @param channel empty when unknown
		 */
		Found with(List<Binlog> chosen, String channel) {
			return new Found(this.partitionId, this.segmentId, chosen, channel.isEmpty() ? null : channel);
		}

	}

	private record Located(LogLocation location, Binlog binlog) {
	}

	/**
	 * Groups neighbours of the same segment.
	 */
	private static final class Groups implements Iterator<Found> {

		private final Iterator<Located> objects;

		private Located next;

		Groups(Iterator<Located> objects) {
			this.objects = objects;
			advance();
		}

		@Override
		public boolean hasNext() {
			return this.next != null;
		}

		@Override
		public Found next() {
			if (this.next == null) {
				throw new NoSuchElementException();
			}
			LogLocation first = this.next.location();
			Found found = new Found(first.partitionId(), first.segmentId(), new ArrayList<>());
			while (this.next != null && this.next.location().segmentId() == first.segmentId()) {
				found.binlogs().add(this.next.binlog());
				advance();
			}
			return found;
		}

		private void advance() {
			this.next = this.objects.hasNext() ? this.objects.next() : null;
		}

	}

}
