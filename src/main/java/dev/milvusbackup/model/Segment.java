package dev.milvusbackup.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A segment with all its objects: the unit of work of a backup.
 *
 * @param partitionId {@link Partition#ALL} for deletes of the whole collection
 * @param rows as the server counted them, deleted ones included; 0 for L0
 * @param groupId directory level above the segment in the backup, 0 for none (format.md
 * 7.2)
 * @param virtualChannel null when the source does not tell
 * @param storageVersion 0 for one binlog a field, 2 for column groups
 * @param binlogs insert logs first, in the order of fields
 */
public record Segment(long id, long collectionId, long partitionId, long rows, SegmentLevel level, long groupId,
		@Nullable String virtualChannel, long storageVersion, List<Binlog> binlogs) {

	public Segment {
		binlogs = List.copyOf(binlogs);
	}

	/**
	 * Sum of the sizes of the objects.
	 */
	public long bytes() {
		return this.binlogs.stream().mapToLong(Binlog::bytes).sum();
	}

	/**
	 * The same segment with other descriptions of its objects.
	 */
	public Segment withBinlogs(List<Binlog> others) {
		return new Segment(this.id, this.collectionId, this.partitionId, this.rows, this.level, this.groupId,
				this.virtualChannel, this.storageVersion, others);
	}

	/**
	 * The same segment of another collection.
	 */
	public Segment withCollection(long newCollectionId) {
		return new Segment(this.id, newCollectionId, this.partitionId, this.rows, this.level, this.groupId,
				this.virtualChannel, this.storageVersion, this.binlogs);
	}

	/**
	 * Whether a binlog holds several columns and lies under the number of its group, not
	 * of its field.
	 */
	public boolean hasColumnGroups() {
		return this.storageVersion >= 2;
	}

	public boolean isL0() {
		return this.level == SegmentLevel.L0;
	}

}
