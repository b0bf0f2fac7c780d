package dev.milvusbackup.ledger;

/**
 * Which slice a segment goes into.
 */
public record SliceAssignment(long collectionId, long segmentId, int slice) {
}
