package dev.milvusbackup.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.ledger.PlannedSegment;
import dev.milvusbackup.ledger.PlannedSnapshot;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.ManifestCodec;
import dev.milvusbackup.manifest.Draft;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.manifest.SnapshotBackup;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ListingIndex;
import dev.milvusbackup.storage.ContentChecksum;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * Rebuilds the ledger of a run whose job repository is lost, from the draft in the bucket
 * and a listing of what is there. A segment whose objects are all there with the source's
 * size, and its entity tag where both are known and comparable, counts as done.
 */
final class Adoption {

	private static final int BATCH = 200;

	private final SegmentLedger ledger;

	private final ObjectStore store;

	private final BackupLayout layout;

	Adoption(SegmentLedger ledger, ObjectStore store, BackupLayout layout) {
		this.ledger = ledger;
		this.store = store;
		this.layout = layout;
	}

	/**
	 * Fills the ledger of a new run. Holds the segments of one collection in memory.
	 * @param server the Milvus that is backed up
	 */
	void adopt(long run, String server) {
		ManifestStore manifests = new ManifestStore(this.store);
		Draft draft = manifests.readDraft(this.layout, SegmentSink.NONE).orElseThrow();
		Map<Long, Collection> collections = draft.manifest()
			.collections()
			.stream()
			.map(CollectionBackup::collection)
			.collect(Collectors.toMap(Collection::id, Function.identity(), (first, second) -> first,
					LinkedHashMap::new));
		draft.manifest().collections().forEach((backup) -> adopt(run, server, backup));
		// All of them at once: a kill in the middle must not lose one.
		this.ledger.putCollections(run,
				collections.values().stream().map((collection) -> planned(collection, State.DESCRIBED)).toList());
		if (!draft.manifest().cluster().equals(ClusterState.NONE)) {
			this.ledger.putSource(run, ManifestCodec.toJson(draft.manifest().cluster()));
		}
		List<Segment> segments = new ArrayList<>();
		manifests.readDraft(this.layout, (segment) -> {
			if (!segments.isEmpty() && segments.get(0).collectionId() != segment.collectionId()) {
				plan(run, collections.remove(segments.get(0).collectionId()), segments);
				segments.clear();
			}
			segments.add(segment);
		});
		if (!segments.isEmpty()) {
			plan(run, collections.remove(segments.get(0).collectionId()), segments);
		}
		collections.values().forEach((collection) -> plan(run, collection, List.of()));
	}

	/**
	 * Whether it was taken and exported, Milvus has to be asked.
	 */
	private void adopt(long run, String server, CollectionBackup backup) {
		SnapshotBackup snapshot = backup.snapshot();
		if (snapshot != null) {
			this.ledger.snapshots()
				.put(run, PlannedSnapshot.adopted(planned(backup.collection(), State.DESCRIBED), server,
						snapshot.name()));
		}
	}

	private void plan(long run, Collection collection, List<Segment> segments) {
		this.ledger.plan(run, planned(collection, State.PLANNED), segments.stream());
		markDone(run, collection.id());
	}

	private static PlannedCollection planned(Collection collection, State state) {
		return new PlannedCollection(collection.id(), collection.name().toString(), ManifestCodec.toJson(collection),
				state, "");
	}

	private void markDone(long run, long collectionId) {
		ListingIndex listing = new ListingIndex();
		for (BinlogKind kind : BinlogKind.values()) {
			listing.addAll(this.store.list(this.layout.logs(kind, collectionId)).map(Adoption::comparable));
		}
		List<Segment> done = new ArrayList<>();
		try (Stream<PlannedSegment> segments = this.ledger.segments(run, collectionId)) {
			segments.map(PlannedSegment::segment).filter((segment) -> isThere(segment, listing)).forEach((segment) -> {
				done.add(withEntityTags(segment));
				if (done.size() == BATCH) {
					this.ledger.done(run, List.copyOf(done));
					done.clear();
				}
			});
		}
		this.ledger.done(run, done);
	}

	/**
	 * An entity tag of a multipart upload says how the object was written, not what is in
	 * it; a copy has another one.
	 */
	private static ObjectStat comparable(ObjectStat object) {
		boolean multipart = object.etag() != null && object.etag().contains("-");
		return multipart ? new ObjectStat(object.key(), object.bytes(), null) : object;
	}

	/**
	 * What local storage does not tell is computed from the copy, so that it can be
	 * verified later.
	 */
	private Segment withEntityTags(Segment segment) {
		return segment.withBinlogs(segment.binlogs().stream().map((binlog) -> {
			String etag = binlog.etag();
			if (etag == null) {
				etag = ContentChecksum.read(this.store, this.layout.key(segment, binlog)).md5();
			}
			return new Binlog(binlog.kind(), binlog.fieldId(), binlog.logId(), binlog.bytes(), etag);
		}).toList());
	}

	private boolean isThere(Segment segment, ListingIndex listing) {
		for (Binlog binlog : segment.binlogs()) {
			ObjectStat source = comparable(
					new ObjectStat(this.layout.key(segment, binlog), binlog.bytes(), binlog.etag()));
			if (!listing.contains(source.key(), source.bytes(), source.etag())) {
				return false;
			}
		}
		return true;
	}

}
