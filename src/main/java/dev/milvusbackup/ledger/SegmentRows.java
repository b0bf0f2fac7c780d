package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The queries on {@code mb_segment}. Each page is cut so that one index serves it.
 */
final class SegmentRows {

	private static final String SELECT = "SELECT s.collection_id, s.segment_id, s.partition_id, s.segment_level,"
			+ " s.group_id, s.row_count, s.channel, s.storage_version, s.slice, s.done, s.attempts, s.binlogs,"
			+ " s.copied FROM mb_segment s";

	private static final String PLANNED = " JOIN mb_collection c ON c.run_id = s.run_id"
			+ " AND c.collection_id = s.collection_id AND c.state = 'PLANNED'";

	private final LedgerDatabase database;

	private final BinlogCodec codec;

	private final int pageSize;

	SegmentRows(LedgerDatabase database, BinlogCodec codec, int pageSize) {
		this.database = database;
		this.codec = codec;
		this.pageSize = pageSize;
	}

	Stream<SegmentSize> sizes(long run, long collectionId) {
		return Pages.stream(last -> this.database.read(what(run),
				jdbc -> jdbc.query(
						"SELECT segment_id, bytes, objects FROM mb_segment WHERE run_id = ? AND collection_id = ?"
								+ " AND segment_id > ? ORDER BY segment_id LIMIT ?",
						(row, number) -> new SegmentSize(collectionId, row.getLong(1), row.getLong(2), row.getInt(3)),
						run, collectionId, (last != null) ? last.segmentId() : Long.MIN_VALUE, this.pageSize)));
	}

	List<PlannedSegment> undone(long run, int slice, long afterCollection, long afterSegment, int limit) {
		return this.database.read(what(run), jdbc -> {
			String slicePart = PLANNED + " WHERE s.run_id = ? AND s.slice = ? AND s.done = FALSE";
			List<PlannedSegment> page = new ArrayList<>(query(jdbc,
					slicePart + " AND s.collection_id = ? AND s.segment_id > ? ORDER BY s.segment_id LIMIT ?", run,
					slice, afterCollection, afterSegment, limit));
			if (page.size() < limit) {
				page.addAll(query(jdbc,
						slicePart + " AND s.collection_id > ? ORDER BY s.collection_id, s.segment_id LIMIT ?", run,
						slice, afterCollection, limit - page.size()));
			}
			return page;
		});
	}

	Stream<PlannedSegment> ofCollection(long run, long collectionId) {
		return Pages.stream(last -> {
			long partition = (last != null) ? last.segment().partitionId() : Long.MIN_VALUE;
			List<PlannedSegment> page = new ArrayList<>(partitionPage(run, collectionId, partition, last));
			if (page.size() < this.pageSize) {
				page.addAll(this.database.read(what(run),
						jdbc -> query(jdbc,
								" WHERE s.run_id = ? AND s.collection_id = ? AND s.partition_id > ?"
										+ " ORDER BY s.partition_id, s.segment_id LIMIT ?",
								run, collectionId, partition, this.pageSize - page.size())));
			}
			return page;
		});
	}

	Stream<PlannedSegment> ofPartition(long run, long collectionId, long partitionId) {
		return Pages.stream(last -> partitionPage(run, collectionId, partitionId, last));
	}

	private List<PlannedSegment> partitionPage(long run, long collectionId, long partitionId,
			@Nullable PlannedSegment last) {
		return this.database.read(what(run),
				jdbc -> query(jdbc,
						" WHERE s.run_id = ? AND s.collection_id = ? AND s.partition_id = ? AND s.segment_id > ?"
								+ " ORDER BY s.segment_id LIMIT ?",
						run, collectionId, partitionId, (last != null) ? last.segment().id() : Long.MIN_VALUE,
						this.pageSize));
	}

	private List<PlannedSegment> query(JdbcTemplate jdbc, String rest, Object... arguments) {
		return jdbc.query(SELECT + rest, (row, number) -> planned(row), arguments);
	}

	private PlannedSegment planned(ResultSet row) throws SQLException {
		boolean done = row.getBoolean("done");
		Segment segment = new Segment(row.getLong("segment_id"), row.getLong("collection_id"),
				row.getLong("partition_id"), row.getLong("row_count"),
				SegmentLevel.valueOf(row.getString("segment_level")), row.getLong("group_id"), row.getString("channel"),
				row.getLong("storage_version"), this.codec.decode(row.getString(done ? "copied" : "binlogs")));
		return new PlannedSegment(segment, row.getInt("slice"), done, row.getInt("attempts"));
	}

	static String what(long run) {
		return "read the segments of run '" + run + "'";
	}

}
