package dev.milvusbackup.backup;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.backup.ExactLogs.Candidate;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.manifest.ManifestCodec;
import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans one collection: flush, segments as the server lists them, their objects as the
 * store lists them. The description comes after the segment list, so that no partition is
 * missing from it that a segment belongs to. Thread-safe.
 */
final class CollectionPlanner {

	private static final Logger logger = LoggerFactory.getLogger(CollectionPlanner.class);

	private final BackupScope scope;

	private final BackupPlaces places;

	private final MilvusCatalog catalog;

	private final ExactLogs exactLogs;

	private final IndexExtras indexExtras;

	private final SegmentLedger ledger;

	CollectionPlanner(BackupScope scope, BackupPlaces places, Milvus milvus, SegmentLedger ledger) {
		this.scope = scope;
		this.places = places;
		this.catalog = milvus.catalog();
		this.exactLogs = new ExactLogs(milvus.segmentLogs(), ledger.notes().of(scope.run()));
		this.indexExtras = new IndexExtras(milvus.metadataStore());
		this.ledger = ledger;
	}

	/**
	 * Puts the collection with its segments into the ledger, all or nothing. What the
	 * server lists is looked for a second time before it counts as missing: a compaction
	 * may have come between.
	 * @return id of the collection
	 */
	long plan(CollectionName name) {
		Collection.Checkpoint checkpoint = (this.scope.flush() == FlushMode.EACH)
				? this.catalog.flush(name, this.scope.flushLimit()) : Collection.Checkpoint.NONE;
		try {
			return look(name, checkpoint);
		}
		catch (SourceException ex) {
			logger.info("looking again at {}: {}", name, ex.getMessage());
			return look(name, checkpoint);
		}
	}

	private long look(CollectionName name, Collection.Checkpoint checkpoint) {
		if (!this.scope.metaOnly()) {
			return planSegments(name, checkpoint);
		}
		Collection collection = described(name).withCheckpoint(checkpoint);
		store(collection, Stream.empty());
		return collection.id();
	}

	private Collection described(CollectionName name) {
		Collection collection = this.catalog.describe(name);
		return this.scope.indexExtra() ? this.indexExtras.added(collection) : collection;
	}

	private long planSegments(CollectionName name, Collection.Checkpoint checkpoint) {
		Map<Long, PersistentSegment> persistent = this.catalog.segments(name)
			.stream()
			.collect(Collectors.toMap(PersistentSegment::id, Function.identity(), (first, second) -> first,
					TreeMap::new));
		SegmentListing listing = new SegmentListing(this.places.source(), this.places.sourceLayout());
		Collection collection = described(name).withCheckpoint(checkpoint);
		try (Stream<SegmentListing.Found> found = listing.segments(collection.id())) {
			AtomicBoolean anyFound = new AtomicBoolean();
			Stream<SegmentListing.Found> noted = found.peek((objects) -> anyFound.set(true));
			store(collection, Stream.concat(segments(collection, persistent, noted), Stream.of(collection)
				.flatMap((planned) -> requireAllFound(planned, persistent.values(), anyFound.get()))));
		}
		return collection.id();
	}

	/**
	 * Takes each segment out of {@code persistent} as it comes along.
	 */
	private Stream<Segment> segments(Collection collection, Map<Long, PersistentSegment> persistent,
			Stream<SegmentListing.Found> found) {
		SegmentChecks checks = new SegmentChecks(collection);
		Set<Long> partitions = partitionIds(collection);
		Stream<Candidate> listed = found.map((objects) -> {
			PersistentSegment segment = persistent.remove(objects.segmentId());
			return (segment != null && isInBackup(segment, partitions)) ? new Candidate(segment, objects) : null;
		}).filter(Objects::nonNull);
		return this.exactLogs.refine(collection, listed)
			.map((candidate) -> segment(candidate.segment(), candidate.objects(), checks));
	}

	private boolean isInBackup(PersistentSegment segment, Set<Long> partitions) {
		boolean known = segment.partitionId() == Partition.ALL || partitions.contains(segment.partitionId());
		if (!known) {
			logger.info("leaving out segment {} of partition {}, which was dropped meanwhile", segment.id(),
					segment.partitionId());
		}
		return known;
	}

	private static Segment segment(PersistentSegment segment, SegmentListing.Found objects, SegmentChecks checks) {
		boolean hasRows = objects.binlogs().stream().anyMatch((binlog) -> binlog.kind() == BinlogKind.INSERT);
		SegmentLevel level = (segment.level() == SegmentLevel.L0 || (!hasRows && segment.rows() == 0)) ? SegmentLevel.L0
				: SegmentLevel.DATA;
		if (level == SegmentLevel.DATA) {
			checks.requireWhole(segment, objects);
		}
		long group = (segment.partitionId() == Partition.ALL) ? 0 : segment.id();
		return new Segment(segment.id(), segment.collectionId(), segment.partitionId(), segment.rows(), level, group,
				objects.virtualChannel(), segment.storageVersion(), objects.binlogs());
	}

	private void store(Collection collection, Stream<Segment> segments) {
		this.ledger.plan(this.scope.run(), new PlannedCollection(collection.id(), collection.name().toString(),
				ManifestCodec.toJson(collection), PlannedCollection.State.PLANNED, ""), segments);
	}

	/**
	 * Adds nothing, but fails unless every segment that has rows or deletes was in the
	 * listing.
	 */
	private Stream<Segment> requireAllFound(Collection collection, Iterable<PersistentSegment> left, boolean anyFound) {
		Set<Long> partitions = partitionIds(collection);
		for (PersistentSegment segment : left) {
			boolean known = segment.partitionId() == Partition.ALL || partitions.contains(segment.partitionId());
			if (known && (segment.rows() > 0 || segment.level() == SegmentLevel.L0)) {
				throw new MissingObjects(this.places).of(collection, segment, anyFound);
			}
		}
		return Stream.empty();
	}

	private static Set<Long> partitionIds(Collection collection) {
		return collection.partitions().stream().map(Partition::id).collect(Collectors.toSet());
	}

}
