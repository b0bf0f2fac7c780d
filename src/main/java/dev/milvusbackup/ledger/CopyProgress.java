package dev.milvusbackup.ledger;

/**
 * How far the copy of a run is.
 *
 * @param rows of all segments, as the source counted them
 */
public record CopyProgress(long segments, long segmentsDone, long objects, long objectsDone, long bytes,
		long bytesDone, long rows) {
}
