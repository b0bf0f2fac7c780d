package dev.milvusbackup.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.milvusbackup.model.Segment;

/**
 * The plan of a run and what of it is done: the only truth about progress. Every method
 * is one short transaction of its own and durable when it returns. Thread-safe. Segments
 * are identified by (run, collection, segment). Streams page through the table and hold
 * one page in memory; the caller closes them.
 */
public final class SegmentLedger {

	private static final int PAGE = 200;

	private final LedgerDatabase database;

	private final BinlogCodec codec = new BinlogCodec();

	private final SegmentRows rows;

	private final RunNotes notes;

	public SegmentLedger(LedgerDatabase database) {
		this.database = database;
		this.rows = new SegmentRows(database, this.codec, PAGE);
		this.notes = new RunNotes(database);
	}

	/**
	 * The snapshots that stand in for segments where Milvus copies them itself.
	 */
	public SnapshotLedger snapshots() {
		return new SnapshotLedger(this.database);
	}

	/**
	 * What a person should know of the run.
	 */
	public RunNotes notes() {
		return this.notes;
	}

	/**
	 * Adds or replaces collections of the plan.
	 */
	public void putCollections(long run, Collection<PlannedCollection> collections) {
		this.database.change("plan the collections of run '" + run + "'",
				jdbc -> CollectionRows.put(jdbc, run, collections));
	}

	/**
	 * In the order in which they were first put.
	 */
	public List<PlannedCollection> collections(long run) {
		return this.database.read("read the collections of run '" + run + "'", jdbc -> CollectionRows.list(jdbc, run));
	}

	/**
	 * What was noted of the source as a whole; empty when nothing was.
	 */
	public Optional<String> source(long run) {
		return this.database.read("read the source of run '" + run + "'",
				jdbc -> jdbc.queryForList("SELECT description FROM mb_source WHERE run_id = ?", String.class, run)
					.stream()
					.findFirst());
	}

	/**
	 * Notes what belongs to the source as a whole, in place of what was noted before.
	 * @param description without secrets
	 */
	public void putSource(long run, String description) {
		this.database.change("remember the source of run '" + run + "'", jdbc -> {
			jdbc.update("DELETE FROM mb_source WHERE run_id = ?", run);
			jdbc.update("INSERT INTO mb_source (run_id, description) VALUES (?, ?)", run, description);
		});
	}

	public Optional<PlannedCollection> collection(long run, long collectionId) {
		return this.database.read("read collection '" + collectionId + "' of run '" + run + "'",
				jdbc -> CollectionRows.find(jdbc, run, collectionId));
	}

	/**
	 * Replaces the segments of one collection by these and sets its description and state
	 * PLANNED, in one transaction. A segment that is done and has the same objects (ids,
	 * sizes) in the same place (partition, group, level) stays done; segments that are
	 * not in the new list are removed. The stream is read within the transaction and not
	 * closed; when it fails, nothing is changed.
	 */
	public void plan(long run, PlannedCollection collection, Stream<Segment> segments) {
		PlannedCollection planned = new PlannedCollection(collection.collectionId(), collection.name(),
				collection.description(), PlannedCollection.State.PLANNED, collection.reason());
		this.database.change("plan collection '" + collection.name() + "'", jdbc -> {
			CollectionRows.put(jdbc, run, List.of(planned));
			int number = CollectionRows.nextPlan(jdbc, run, planned.collectionId());
			new SegmentPlan(jdbc, this.codec, run, planned, number).replaceBy(segments.iterator());
		});
	}

	/**
	 * All segments of collections that are PLANNED, in the order of (collection,
	 * segment).
	 */
	public Stream<SegmentSize> sizes(long run) {
		List<Long> planned = this.database.read(SegmentRows.what(run), jdbc -> CollectionRows.planned(jdbc, run));
		return planned.stream().flatMap(collectionId -> this.rows.sizes(run, collectionId));
	}

	public void assignSlices(long run, Collection<SliceAssignment> assignments) {
		this.database.change("deal the segments of run '" + run + "'",
				jdbc -> jdbc.batchUpdate(
						"UPDATE mb_segment SET slice = ? WHERE run_id = ? AND collection_id = ? AND segment_id = ?",
						assignments, PAGE, (statement, assignment) -> {
							statement.setInt(1, assignment.slice());
							statement.setLong(2, run);
							statement.setLong(3, assignment.collectionId());
							statement.setLong(4, assignment.segmentId());
						}));
	}

	/**
	 * The slices that hold a segment of a PLANNED collection that is not done, ascending;
	 * -1 among them stands for segments that were not dealt.
	 */
	public List<Integer> openSlices(long run) {
		return this.database
			.read(SegmentRows.what(run),
					jdbc -> jdbc
						.queryForList(
								"SELECT DISTINCT s.slice FROM mb_segment s JOIN mb_collection c ON c.run_id = s.run_id"
										+ " AND c.collection_id = s.collection_id AND c.state = 'PLANNED'"
										+ " WHERE s.run_id = ? AND s.done = FALSE ORDER BY s.slice",
								Integer.class, run));
	}

	/**
	 * The next segments of a slice that belong to PLANNED collections, are not done and
	 * lie after the given one in the order of (collection, segment).
	 * @param afterCollection 0 to begin
	 */
	public List<PlannedSegment> undone(long run, int slice, long afterCollection, long afterSegment, int limit) {
		return this.rows.undone(run, slice, afterCollection, afterSegment, limit);
	}

	/**
	 * Marks segments done, all or none.
	 * @param copied the segments with the entity tags of the copies in their binlogs
	 * @throws LedgerException also when the plan does not have such a segment with as
	 * many objects and bytes (any more)
	 */
	public void done(long run, List<Segment> copied) {
		String what = "mark segments of run '" + run + "' as done";
		this.database.change(what, jdbc -> {
			int[] counts = jdbc.batchUpdate(
					"UPDATE mb_segment SET done = TRUE, copied = ? WHERE run_id = ?"
							+ " AND collection_id = ? AND segment_id = ? AND objects = ? AND bytes = ?",
					rows(run, copied));
			for (int i = 0; i < counts.length; i++) {
				if (counts[i] == 0) {
					throw new LedgerException("unable to " + what + ": segment '" + copied.get(i).id()
							+ "' is not in the plan with these objects", null, null);
				}
			}
		});
	}

	private List<Object[]> rows(long run, List<Segment> copied) {
		List<Object[]> rows = new ArrayList<>(copied.size());
		for (Segment segment : copied) {
			rows.add(new Object[] { this.codec.encode(segment.binlogs()), run, segment.collectionId(), segment.id(),
					segment.binlogs().size(), segment.bytes() });
		}
		return rows;
	}

	/**
	 * Sets a segment back to undone and counts the attempt.
	 * @return the attempts so far
	 * @throws LedgerException also when the plan does not have the segment
	 */
	public int undo(long run, long collectionId, long segmentId) {
		String what = "set back segment '" + segmentId + "' of run '" + run + "'";
		return this.database.write(what, jdbc -> {
			jdbc.update("UPDATE mb_segment SET done = FALSE, copied = NULL, attempts = attempts + 1 WHERE run_id = ?"
					+ " AND collection_id = ? AND segment_id = ?", run, collectionId, segmentId);
			List<Integer> attempts = jdbc.queryForList(
					"SELECT attempts FROM mb_segment WHERE run_id = ? AND collection_id = ? AND segment_id = ?",
					Integer.class, run, collectionId, segmentId);
			if (attempts.isEmpty()) {
				throw new LedgerException("unable to " + what + ": it is not in the plan", null, null);
			}
			return attempts.get(0);
		});
	}

	/**
	 * All segments of a collection in the order of (partition, segment), those that are
	 * done with the entity tags of the copies.
	 */
	public Stream<PlannedSegment> segments(long run, long collectionId) {
		return this.rows.ofCollection(run, collectionId);
	}

	/**
	 * All segments of one partition in the order of their ids.
	 */
	public Stream<PlannedSegment> segments(long run, long collectionId, long partitionId) {
		return this.rows.ofPartition(run, collectionId, partitionId);
	}

	/**
	 * Counts over the PLANNED collections: of segments or, where Milvus copies itself, of
	 * snapshots.
	 */
	public CopyProgress progress(long run) {
		return this.database.read(SegmentRows.what(run), jdbc -> {
			CopyProgress exported = SnapshotCounts.progress(jdbc, run);
			return (exported.segments() > 0) ? exported : SegmentCounts.progress(jdbc, run);
		});
	}

	/**
	 * Rows in the PLANNED collections as the source counted them, deleted ones included.
	 */
	public long rows(long run) {
		return this.database.read(SegmentRows.what(run), jdbc -> SegmentCounts.rows(jdbc, run));
	}

	/**
	 * Removes collections and segments of a run; the run itself stays.
	 */
	public void clear(long run) {
		this.database.change("clear the plan of run '" + run + "'", jdbc -> {
			jdbc.update("DELETE FROM mb_segment WHERE run_id = ?", run);
			jdbc.update("DELETE FROM mb_collection WHERE run_id = ?", run);
			jdbc.update("DELETE FROM mb_source WHERE run_id = ?", run);
		});
	}

}
