package dev.milvusbackup.ledger;

/**
 * How far the copy of a run is.
 */
public record CopyProgress(long segments, long segmentsDone, long objects, long objectsDone, long bytes,
		long bytesDone) {
}
