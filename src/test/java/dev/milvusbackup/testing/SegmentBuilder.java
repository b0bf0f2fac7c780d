package dev.milvusbackup.testing;

import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import org.jspecify.annotations.Nullable;

/**
 * Builds segments as a current backup holds them: grouped by their own id unless they
 * belong to the whole collection.
 */
public final class SegmentBuilder {

	private final long id;

	private final List<Binlog> binlogs = new ArrayList<>();

	private long collectionId = 1;

	private long partitionId = 10;

	private long rows;

	private SegmentLevel level = SegmentLevel.DATA;

	private @Nullable Long groupId;

	private @Nullable String virtualChannel;

	private long storageVersion;

	private SegmentBuilder(long id) {
		this.id = id;
	}

	/**
	 * A data segment of collection 1 and partition 10, without rows and objects.
	 */
	public static SegmentBuilder segment(long id) {
		return new SegmentBuilder(id);
	}

	public SegmentBuilder collection(long newCollectionId) {
		this.collectionId = newCollectionId;
		return this;
	}

	public SegmentBuilder partition(long newPartitionId) {
		this.partitionId = newPartitionId;
		return this;
	}

	public SegmentBuilder rows(long newRows) {
		this.rows = newRows;
		return this;
	}

	/** Deletes only, of its partition. */
	public SegmentBuilder l0() {
		this.level = SegmentLevel.L0;
		return this;
	}

	/** Deletes only, of the whole collection. */
	public SegmentBuilder collectionL0() {
		return l0().partition(Partition.ALL);
	}

	public SegmentBuilder group(long newGroupId) {
		this.groupId = newGroupId;
		return this;
	}

	public SegmentBuilder virtualChannel(@Nullable String newVirtualChannel) {
		this.virtualChannel = newVirtualChannel;
		return this;
	}

	public SegmentBuilder storageVersion(long newStorageVersion) {
		this.storageVersion = newStorageVersion;
		return this;
	}

	public SegmentBuilder insert(long fieldId, long logId, long bytes) {
		return insert(fieldId, logId, bytes, null);
	}

	public SegmentBuilder insert(long fieldId, long logId, long bytes, @Nullable String etag) {
		this.binlogs.add(new Binlog(BinlogKind.INSERT, fieldId, logId, bytes, etag));
		return this;
	}

	public SegmentBuilder delta(long logId, long bytes) {
		return delta(logId, bytes, null);
	}

	public SegmentBuilder delta(long logId, long bytes, @Nullable String etag) {
		this.binlogs.add(new Binlog(BinlogKind.DELTA, 0, logId, bytes, etag));
		return this;
	}

	public Segment build() {
		long ownGroup = (this.partitionId == Partition.ALL) ? 0 : this.id;
		return new Segment(this.id, this.collectionId, this.partitionId, this.rows, this.level,
				(this.groupId != null) ? this.groupId : ownGroup, this.virtualChannel, this.storageVersion,
				this.binlogs);
	}

}
