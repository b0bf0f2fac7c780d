package dev.milvusbackup.ledger;

import dev.milvusbackup.model.Segment;

/**
 * A segment in the plan of a run.
 *
 * @param slice unit of parallel work, -1 before the slices are dealt
 * @param done whether all its objects were copied
 * @param attempts how often it was set back to undone
 */
public record PlannedSegment(Segment segment, int slice, boolean done, int attempts) {
}
