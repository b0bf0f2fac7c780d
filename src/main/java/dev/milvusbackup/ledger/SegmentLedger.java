package dev.milvusbackup.ledger;

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

	/**
	 * Adds or replaces collections of the plan.
	 */
	public void putCollections(long run, Collection<PlannedCollection> collections) {
		throw new UnsupportedOperationException();
	}

	/**
	 * In the order in which they were first put.
	 */
	public List<PlannedCollection> collections(long run) {
		throw new UnsupportedOperationException();
	}

	public Optional<PlannedCollection> collection(long run, long collectionId) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Replaces the segments of one collection by these and sets its description and state
	 * PLANNED, in one transaction. A segment that is done and has the same objects (ids,
	 * sizes) stays done; segments that are not in the new list are removed.
	 */
	public void plan(long run, PlannedCollection collection, Stream<Segment> segments) {
		throw new UnsupportedOperationException();
	}

	/**
	 * All segments of collections that are PLANNED, in the order of (collection,
	 * segment).
	 */
	public Stream<SegmentSize> sizes(long run) {
		throw new UnsupportedOperationException();
	}

	public void assignSlices(long run, Collection<SliceAssignment> assignments) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The slices that hold a segment of a PLANNED collection that is not done, ascending.
	 */
	public List<Integer> openSlices(long run) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The next segments of a slice that are not done and lie after the given one in the
	 * order of (collection, segment).
	 * @param afterCollection 0 to begin
	 */
	public List<PlannedSegment> undone(long run, int slice, long afterCollection, long afterSegment, int limit) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Marks segments done.
	 * @param copied the segments with the entity tags of the copies in their binlogs
	 */
	public void done(long run, List<Segment> copied) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Sets a segment back to undone and counts the attempt.
	 * @return the attempts so far
	 */
	public int undo(long run, long collectionId, long segmentId) {
		throw new UnsupportedOperationException();
	}

	/**
	 * All segments of a collection in the order of (partition, segment), those that are
	 * done with the entity tags of the copies.
	 */
	public Stream<PlannedSegment> segments(long run, long collectionId) {
		throw new UnsupportedOperationException();
	}

	/**
	 * All segments of one partition in the order of their ids.
	 */
	public Stream<PlannedSegment> segments(long run, long collectionId, long partitionId) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Counts over the PLANNED collections.
	 */
	public CopyProgress progress(long run) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Removes collections and segments of a run; the run itself stays.
	 */
	public void clear(long run) {
		throw new UnsupportedOperationException();
	}

}
