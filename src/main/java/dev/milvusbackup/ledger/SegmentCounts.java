package dev.milvusbackup.ledger;

import java.util.HashSet;
import java.util.Set;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Adds up the segments of a run.
 */
final class SegmentCounts {

	// Only columns of the index mb_segment_slice: the rows themselves are long.
	private static final String SUMS = "SELECT collection_id, done, COUNT(*) AS segments, SUM(objects) AS objects,"
			+ " SUM(bytes) AS bytes FROM mb_segment WHERE run_id = ? GROUP BY collection_id, done";

	private long segments;

	private long segmentsDone;

	private long objects;

	private long objectsDone;

	private long bytes;

	private long bytesDone;

	private SegmentCounts() {
	}

	static CopyProgress progress(JdbcTemplate jdbc, long run) {
		Set<Long> planned = new HashSet<>(CollectionRows.planned(jdbc, run));
		SegmentCounts counts = new SegmentCounts();
		jdbc.query(SUMS, row -> {
			if (planned.contains(row.getLong("collection_id"))) {
				counts.add(row.getBoolean("done"), row.getLong("segments"), row.getLong("objects"),
						row.getLong("bytes"));
			}
		}, run);
		return new CopyProgress(counts.segments, counts.segmentsDone, counts.objects, counts.objectsDone, counts.bytes,
				counts.bytesDone);
	}

	static long rows(JdbcTemplate jdbc, long run) {
		Long rows = jdbc.queryForObject(
				"SELECT COALESCE(SUM(s.row_count), 0) FROM mb_segment s"
						+ " JOIN mb_collection c ON c.run_id = s.run_id AND c.collection_id = s.collection_id"
						+ " WHERE s.run_id = ? AND c.state = ?",
				Long.class, run, PlannedCollection.State.PLANNED.name());
		return (rows != null) ? rows : 0;
	}

	private void add(boolean done, long moreSegments, long moreObjects, long moreBytes) {
		this.segments += moreSegments;
		this.objects += moreObjects;
		this.bytes += moreBytes;
		if (done) {
			this.segmentsDone += moreSegments;
			this.objectsDone += moreObjects;
			this.bytesDone += moreBytes;
		}
	}

}
