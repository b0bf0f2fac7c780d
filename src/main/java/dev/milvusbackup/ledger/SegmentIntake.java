package dev.milvusbackup.ledger;

import java.util.List;

import dev.milvusbackup.model.Segment;

/**
 * Adds segments to the plan of a run as they come along, of any collections in any order.
 * Thread-safe.
 */
public final class SegmentIntake {

	private static final String INSERT = "INSERT INTO mb_segment (run_id, collection_id, segment_id, partition_id,"
			+ " segment_level, group_id, row_count, channel, storage_version, plan_number, objects, bytes, binlogs,"
			+ " slice, done, attempts) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, -1, FALSE, 0 WHERE NOT EXISTS"
			+ " (SELECT 1 FROM mb_segment WHERE run_id = ? AND collection_id = ? AND segment_id = ?)";

	private final LedgerDatabase database;

	private final BinlogCodec codec = new BinlogCodec();

	public SegmentIntake(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * Adds segments that are not done; those that are known already are left as they are.
	 * One transaction, durable at return.
	 */
	public void add(long run, List<Segment> segments) {
		if (!segments.isEmpty()) {
			this.database.change("plan the segments of run '" + run + "'",
					(jdbc) -> jdbc.batchUpdate(INSERT, segments.stream().map((segment) -> row(run, segment)).toList()));
		}
	}

	private Object[] row(long run, Segment segment) {
		return new Object[] { run, segment.collectionId(), segment.id(), segment.partitionId(), segment.level().name(),
				segment.groupId(), segment.rows(), segment.virtualChannel(), segment.storageVersion(),
				segment.binlogs().size(), segment.bytes(), this.codec.encode(segment.binlogs()), run,
				segment.collectionId(), segment.id() };
	}

}
