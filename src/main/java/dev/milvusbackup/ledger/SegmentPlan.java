package dev.milvusbackup.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Merges a new list of one collection's segments into the ledger, a batch at a time.
 * Every segment of the list gets the number of this plan; whatever still has an older
 * number at the end is gone.
 */
final class SegmentPlan {

	private static final int BATCH = 200;

	private static final String INSERT = "INSERT INTO mb_segment (partition_id, segment_level, group_id, row_count,"
			+ " channel, storage_version, plan_number, objects, bytes, binlogs, slice, done, attempts, run_id,"
			+ " collection_id, segment_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, -1, FALSE, 0, ?, ?, ?)";

	private static final String KEY = " WHERE run_id = ? AND collection_id = ? AND segment_id = ?";

	private static final String REPLACE = "UPDATE mb_segment SET partition_id = ?, segment_level = ?, group_id = ?,"
			+ " row_count = ?, channel = ?, storage_version = ?, plan_number = ?, objects = ?, bytes = ?, binlogs = ?,"
			+ " done = FALSE, copied = NULL" + KEY;

	private static final String KEEP = "UPDATE mb_segment SET row_count = ?, channel = ?, storage_version = ?,"
			+ " plan_number = ?" + KEY;

	private final JdbcTemplate jdbc;

	private final BinlogCodec codec;

	private final long run;

	private final PlannedCollection collection;

	private final int number;

	private final boolean fresh;

	/**
	 * @param number of the plan, higher than that of any segment there is
	 */
	SegmentPlan(JdbcTemplate jdbc, BinlogCodec codec, long run, PlannedCollection collection, int number) {
		this.jdbc = jdbc;
		this.codec = codec;
		this.run = run;
		this.collection = collection;
		this.number = number;
		this.fresh = jdbc
			.queryForList("SELECT segment_id FROM mb_segment WHERE run_id = ? AND collection_id = ? LIMIT 1",
					Long.class, run, collection.collectionId())
			.isEmpty();
	}

	void replaceBy(Iterator<Segment> segments) {
		List<Segment> batch = new ArrayList<>(BATCH);
		while (segments.hasNext()) {
			batch.add(segments.next());
			if (batch.size() == BATCH) {
				merge(batch);
				batch.clear();
			}
		}
		merge(batch);
		this.jdbc.update("DELETE FROM mb_segment WHERE run_id = ? AND collection_id = ? AND plan_number <> ?", this.run,
				this.collection.collectionId(), this.number);
	}

	private void merge(List<Segment> batch) {
		Map<Long, Known> known = (this.fresh || batch.isEmpty()) ? Map.of() : known(batch);
		List<Object[]> added = new ArrayList<>();
		List<Object[]> replaced = new ArrayList<>();
		List<Object[]> kept = new ArrayList<>();
		for (Segment segment : batch) {
			Known before = known.get(segment.id());
			if (before == null) {
				added.add(allColumns(segment));
			}
			else if (before.done() && before.same(segment)) {
				kept.add(new Object[] { segment.rows(), segment.virtualChannel(), segment.storageVersion(), this.number,
						this.run, this.collection.collectionId(), segment.id() });
			}
			else {
				replaced.add(allColumns(segment));
			}
		}
		update(INSERT, added);
		update(REPLACE, replaced);
		update(KEEP, kept);
	}

	private void update(String sql, List<Object[]> rows) {
		if (!rows.isEmpty()) {
			this.jdbc.batchUpdate(sql, rows);
		}
	}

	private Object[] allColumns(Segment segment) {
		return new Object[] { segment.partitionId(), segment.level().name(), segment.groupId(), segment.rows(),
				segment.virtualChannel(), segment.storageVersion(), this.number, segment.binlogs().size(),
				segment.bytes(), this.codec.encode(segment.binlogs()), this.run, this.collection.collectionId(),
				segment.id() };
	}

	private Map<Long, Known> known(List<Segment> batch) {
		List<Object> arguments = new ArrayList<>(List.of(this.run, this.collection.collectionId()));
		batch.forEach(segment -> arguments.add(segment.id()));
		Map<Long, Known> known = new HashMap<>();
		this.jdbc.query("SELECT segment_id, partition_id, segment_level, group_id, done, plan_number, binlogs"
				+ " FROM mb_segment WHERE run_id = ? AND collection_id = ? AND segment_id IN ("
				+ String.join(",", Collections.nCopies(batch.size(), "?")) + ")", row -> {
					long id = row.getLong("segment_id");
					refuseTwice(id, row.getInt("plan_number"));
					known.put(id,
							new Known(row.getLong("partition_id"), row.getLong("group_id"),
									SegmentLevel.valueOf(row.getString("segment_level")), row.getBoolean("done"),
									this.codec.decode(row.getString("binlogs"))));
				}, arguments.toArray());
		return known;
	}

	private void refuseTwice(long segment, int plan) {
		if (plan == this.number) {
			throw new LedgerException("unable to plan collection '" + this.collection.name() + "': segment " + segment
					+ " is listed twice", null, null);
		}
	}

	/**
	 * What the ledger has of a segment before the plan.
	 */
	private record Known(long partitionId, long groupId, SegmentLevel level, boolean done, List<Binlog> binlogs) {

		// Partition, group and level decide under which keys the copies lie.
		boolean same(Segment segment) {
			return this.partitionId == segment.partitionId() && this.groupId == segment.groupId()
					&& this.level == segment.level() && this.binlogs.size() == segment.binlogs().size()
					&& objects(this.binlogs).equals(objects(segment.binlogs()));
		}

		private static Set<ObjectIdentity> objects(List<Binlog> binlogs) {
			return binlogs.stream()
				.map(binlog -> new ObjectIdentity(binlog.kind(), binlog.fieldId(), binlog.logId(), binlog.bytes()))
				.collect(Collectors.toCollection(HashSet::new));
		}

	}

	private record ObjectIdentity(BinlogKind kind, long fieldId, long logId, long bytes) {
	}

}
