package dev.milvusbackup.manifest;

import java.util.stream.Stream;

import dev.milvusbackup.model.Segment;

/**
 * Gives the segments of a backup that is being written, one partition at a time.
 */
@FunctionalInterface
public interface SegmentSource {

	/** There are none. */
	SegmentSource EMPTY = (collectionId, partitionId) -> Stream.empty();

	/**
	 * The segments of one partition ({@link dev.milvusbackup.model.Partition#ALL} for
	 * collection-wide deletes) in the order of their ids. Repeatable; the caller closes
	 * the stream.
	 */
	Stream<Segment> segments(long collectionId, long partitionId);

}
