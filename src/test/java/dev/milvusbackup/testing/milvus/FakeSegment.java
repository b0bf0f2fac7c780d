package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A segment of a simulated server.
 *
 * @param partitionId -1 for deletes in all partitions
 * @param origin id of the segment for which the rows were first written; an import keeps
 * it, so that tests can see which rows arrived, and how often
 * @param levelZero whether it holds deletes of rows of other segments, and nothing else
 * @param channel number of the shard
 * @param storageVersion 2 when its insert logs hold several columns each
 * @param content rows, including deleted ones
 * @param deleted what its delta logs hold
 * @param logs what lies in the store, empty as long as it grows
 */
public record FakeSegment(long id, long collectionId, long partitionId, long origin, boolean levelZero, int channel,
		int storageVersion, List<FakeEntry> content, List<FakeEntry> deleted, Logs logs) {

	static final long ALL_PARTITIONS = -1;

	public FakeSegment {
		content = List.copyOf(content);
		deleted = List.copyOf(deleted);
	}

	/**
	 * Number of rows, including deleted ones.
	 */
	public long rows() {
		return this.content.size();
	}

	/**
	 * Number of entries in its delta logs.
	 */
	public long deletes() {
		return this.deleted.size();
	}

	/**
	 * Whether its binlogs are in the store.
	 */
	public boolean flushed() {
		return this.logs != Logs.NONE;
	}

	FakeSegment withLogs(Logs newLogs) {
		return new FakeSegment(this.id, this.collectionId, this.partitionId, this.origin, this.levelZero, this.channel,
				this.storageVersion, this.content, this.deleted, newLogs);
	}

	FakeSegment withOrigin(long newOrigin) {
		return new FakeSegment(this.id, this.collectionId, this.partitionId, newOrigin, this.levelZero, this.channel,
				this.storageVersion, this.content, this.deleted, this.logs);
	}

	FakeSegment movedTo(long newId, long newCollection, long newPartition) {
		return new FakeSegment(newId, newCollection, newPartition, this.origin, this.levelZero, this.channel,
				this.storageVersion, this.content, this.deleted, Logs.NONE);
	}

	FakeSegment withRows(List<FakeEntry> more) {
		List<FakeEntry> all = new ArrayList<>(this.content);
		all.addAll(more);
		return new FakeSegment(this.id, this.collectionId, this.partitionId, this.origin, this.levelZero, this.channel,
				this.storageVersion, all, this.deleted, this.logs);
	}

	FakeSegment withDeletes(List<FakeEntry> more) {
		List<FakeEntry> all = new ArrayList<>(this.deleted);
		all.addAll(more);
		return new FakeSegment(this.id, this.collectionId, this.partitionId, this.origin, this.levelZero, this.channel,
				this.storageVersion, this.content, all, this.logs);
	}

	/**
	 * Whether a delete there can reach rows here.
	 */
	boolean isReachedFrom(FakeSegment deletes) {
		return !this.levelZero && (deletes.partitionId == ALL_PARTITIONS || deletes.partitionId == this.partitionId);
	}

	/**
	 * Ids of the files of a segment.
	 *
	 * @param inserts by field, or by column group
	 */
	public record Logs(Map<Long, List<Long>> inserts, List<Long> deltas) {

		static final Logs NONE = new Logs(Map.of(), List.of());

		public Logs {
			inserts = new TreeMap<>(inserts);
			deltas = List.copyOf(deltas);
		}

		Logs withDelta(long log) {
			List<Long> all = new ArrayList<>(this.deltas);
			all.add(log);
			return new Logs(this.inserts, all);
		}

	}

}
