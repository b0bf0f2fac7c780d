package dev.milvusbackup.ledger;

/**
 * What dealing the slices needs to know of a segment.
 */
public record SegmentSize(long collectionId, long segmentId, long bytes, int objects) {
}
