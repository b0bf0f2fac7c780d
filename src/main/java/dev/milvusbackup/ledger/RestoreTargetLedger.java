package dev.milvusbackup.ledger;

import java.util.HashMap;
import java.util.Map;

import dev.milvusbackup.ledger.TargetProgress.Creation;

/**
 * What restore runs have done to their targets. Every method is one short transaction of
 * its own and durable when it returns. Thread-safe.
 */
public final class RestoreTargetLedger {

	private final LedgerDatabase database;

	public RestoreTargetLedger(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * By collection id; a target without progress is left out.
	 */
	public Map<Long, TargetProgress> targets(long run) {
		return this.database.read("read the targets of run '" + run + "'", (jdbc) -> {
			Map<Long, TargetProgress> targets = new HashMap<>();
			jdbc.query("SELECT * FROM mb_restore_target WHERE run_id = ?", (row) -> {
				targets.put(row.getLong("collection_id"),
						new TargetProgress(Creation.valueOf(row.getString("creation")), row.getLong("import_baseline"),
								row.getString("note")));
			}, run);
			return targets;
		});
	}

	public void creation(long run, long collectionId, Creation creation) {
		set(run, collectionId, "creation = ?", creation.name());
	}

	/**
	 * Sets the id of the newest import job before the first of the run.
	 */
	public void importBaseline(long run, long collectionId, long jobId) {
		set(run, collectionId, "import_baseline = ?", jobId);
	}

	/**
	 * Adds a note; one that is there already is not added again.
	 */
	public void note(long run, long collectionId, String note) {
		String known = targets(run).getOrDefault(collectionId, TargetProgress.NONE).note();
		if (!known.contains(note)) {
			set(run, collectionId, "note = ?", known.isEmpty() ? note : known + "; " + note);
		}
	}

	private void set(long run, long collectionId, String change, Object value) {
		this.database.change("remember the target of collection '" + collectionId + "' of run '" + run + "'",
				(jdbc) -> {
					jdbc.update(
							"INSERT INTO mb_restore_target (run_id, collection_id, creation, import_baseline, note)"
									+ " SELECT ?, ?, 'NONE', -1, '' WHERE NOT EXISTS"
									+ " (SELECT 1 FROM mb_restore_target WHERE run_id = ? AND collection_id = ?)",
							run, collectionId, run, collectionId);
					jdbc.update("UPDATE mb_restore_target SET " + change + " WHERE run_id = ? AND collection_id = ?",
							value, run, collectionId);
				});
	}

}
