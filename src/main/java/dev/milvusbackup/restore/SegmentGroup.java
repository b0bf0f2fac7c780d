package dev.milvusbackup.restore;

import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;

/**
 * The segments of one directory, which Milvus imports together.
 *
 * @param any one of them
 * @param inserts whether any of them has insert logs
 * @param deletes whether any of them has delta logs
 */
record SegmentGroup(Segment any, long rows, long bytes, boolean inserts, boolean deletes) {

	static SegmentGroup of(Segment segment) {
		return new SegmentGroup(segment, segment.rows(), segment.bytes(), has(segment, BinlogKind.INSERT),
				has(segment, BinlogKind.DELTA));
	}

	/**
	 * Whether other segments may lie in the same directory, as in backups by releases up
	 * to v0.4.3 of the Go tool.
	 */
	static boolean isShared(Segment segment) {
		return !segment.isL0() && segment.groupId() != segment.id();
	}

	SegmentGroup plus(SegmentGroup other) {
		return new SegmentGroup(this.any, this.rows + other.rows, this.bytes + other.bytes,
				this.inserts || other.inserts, this.deletes || other.deletes);
	}

	/**
	 * Unique in a restore, stable.
	 * @param collection id of the one that it is imported into
	 */
	String key(long collection) {
		String partition = collection + "/" + this.any.partitionId() + "/";
		return this.any.isL0() ? partition + "l0/" + this.any.id() : partition + this.any.groupId();
	}

	/**
	 * Data goes first, then the deletes of a partition, then those of the collection.
	 */
	int order() {
		if (!this.any.isL0()) {
			return ImportOrder.DATA;
		}
		return (this.any.partitionId() == Partition.ALL) ? ImportOrder.COLLECTION_L0 : ImportOrder.PARTITION_L0;
	}

	private static boolean has(Segment segment, BinlogKind kind) {
		return segment.binlogs().stream().anyMatch((binlog) -> binlog.kind() == kind);
	}

}
