package dev.milvusbackup.ledger;

import java.util.HashSet;
import java.util.Set;

import dev.milvusbackup.ledger.PlannedSnapshot.State;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Adds up the exports of a run: a collection counts as a segment. Milvus tells the number
 * of objects when an export has begun, bytes when it has ended; before all have done so
 * the totals are unknown.
 */
final class SnapshotCounts {

	private long told;

	private long ended;

	private long objects;

	private long copied;

	private long bytes;

	private double shares;

	private SnapshotCounts() {
	}

	/**
	 * All zero when the run has no snapshots.
	 */
	static CopyProgress progress(JdbcTemplate jdbc, long run) {
		Set<Long> planned = new HashSet<>(CollectionRows.planned(jdbc, run));
		SnapshotCounts counts = new SnapshotCounts();
		boolean[] some = new boolean[1];
		jdbc.query("SELECT collection_id, state, files, files_copied, bytes FROM mb_snapshot WHERE run_id = ?", row -> {
			some[0] = true;
			if (planned.contains(row.getLong("collection_id"))) {
				counts.add(row.getString("state").equals(State.EXPORTED.name()), row.getLong("files"),
						row.getLong("files_copied"), row.getLong("bytes"));
			}
		}, run);
		return some[0] ? counts.progress(planned.size()) : CopyProgress.NONE;
	}

	private void add(boolean exported, long files, long filesCopied, long size) {
		this.told += (exported || files > 0) ? 1 : 0;
		this.ended += exported ? 1 : 0;
		this.objects += files;
		this.copied += filesCopied;
		this.bytes += exported ? size : 0;
		this.shares += exported ? 1 : (files > 0) ? (double) filesCopied / files : 0;
	}

	private CopyProgress progress(int collections) {
		return new CopyProgress(collections, this.ended, (this.told == collections) ? this.objects : 0, this.copied,
				(this.ended == collections) ? this.bytes : 0, this.bytes,
				(collections == 0) ? 0 : (int) (100 * this.shares / collections));
	}

}
