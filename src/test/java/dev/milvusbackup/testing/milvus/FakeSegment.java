package dev.milvusbackup.testing.milvus;

/**
 * A segment of a simulated server.
 *
 * @param origin id of the segment for which the rows were first written; an import keeps
 * it, so that tests can see which rows arrived, and how often
 * @param rows including deleted ones
 * @param deletes rows in delta logs
 * @param flushed whether its binlogs are in the store
 */
public record FakeSegment(long id, long collectionId, long partitionId, long origin, long rows, long deletes,
		boolean flushed) {

	FakeSegment asFlushed() {
		return new FakeSegment(this.id, this.collectionId, this.partitionId, this.origin, this.rows, this.deletes,
				true);
	}

}
