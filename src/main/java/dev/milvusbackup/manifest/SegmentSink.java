package dev.milvusbackup.manifest;

import dev.milvusbackup.model.Segment;

/**
 * Takes the segments of a backup that is being read, one at a time.
 */
@FunctionalInterface
public interface SegmentSink {

	/** Ignores all segments. */
	SegmentSink NONE = (segment) -> {
	};

	/**
	 * Takes one; what it throws ends the reading and reaches the reader's caller.
	 */
	void accept(Segment segment);

}
