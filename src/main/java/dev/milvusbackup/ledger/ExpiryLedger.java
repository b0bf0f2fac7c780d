package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What runs of {@code expire} delete and have deleted. Thread-safe.
 */
public final class ExpiryLedger {

	private final LedgerDatabase database;

	public ExpiryLedger(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * Replaces what is left to delete; what is deleted stays known.
	 * @param backups in the order in which they are to be deleted
	 */
	public void plan(long run, List<PlannedExpiry> backups) {
		this.database.change(what("plan", run), jdbc -> {
			jdbc.update("DELETE FROM mb_expiry WHERE run_id = ? AND deleted = FALSE", run);
			Integer last = jdbc.queryForObject("SELECT COALESCE(MAX(list_position), 0) FROM mb_expiry WHERE run_id = ?",
					Integer.class, run);
			int position = (last != null) ? last : 0;
			for (PlannedExpiry backup : backups) {
				position++;
				// One of the same name may have been made since the first was deleted.
				jdbc.update("DELETE FROM mb_expiry WHERE run_id = ? AND backup = ?", run, backup.backup());
				insert(jdbc, run, position, backup);
			}
		});
	}

	/**
	 * All of a run, in the order of deletion.
	 */
	public List<PlannedExpiry> backups(long run) {
		return this.database.read(what("read", run), jdbc -> jdbc
			.query("SELECT * FROM mb_expiry WHERE run_id = ? ORDER BY list_position", (row, number) -> row(row), run));
	}

	/**
	 * Objects of a backup were deleted.
	 */
	public void deletedObjects(long run, String backup, long more) {
		this.database.change(what("record", run), jdbc -> jdbc
			.update("UPDATE mb_expiry SET objects = objects + ? WHERE run_id = ? AND backup = ?", more, run, backup));
	}

	/**
	 * Nothing is left of a backup.
	 */
	public void deleted(long run, String backup) {
		this.database.change(what("record", run), jdbc -> jdbc
			.update("UPDATE mb_expiry SET deleted = TRUE, problem = '' WHERE run_id = ? AND backup = ?", run, backup));
	}

	/**
	 * A backup could not be deleted.
	 */
	public void failed(long run, String backup, String problem) {
		this.database.change(what("record", run), jdbc -> jdbc
			.update("UPDATE mb_expiry SET problem = ? WHERE run_id = ? AND backup = ?", problem, run, backup));
	}

	/**
	 * Backups count as segments. How many objects there are is not known before they are
	 * deleted.
	 */
	public CopyProgress progress(long run) {
		long[] sums = new long[5];
		for (PlannedExpiry backup : backups(run)) {
			sums[0]++;
			sums[1] += backup.deleted() ? 1 : 0;
			sums[2] += backup.objects();
			sums[3] += backup.bytes();
			sums[4] += backup.deleted() ? backup.bytes() : 0;
		}
		return new CopyProgress(sums[0], sums[1], sums[2], sums[2], sums[3], sums[4]);
	}

	private static void insert(JdbcTemplate jdbc, long run, int position, PlannedExpiry backup) {
		jdbc.update("INSERT INTO mb_expiry (run_id, backup, list_position, backup_state, backup_id, backup_time,"
				+ " milvus_version, bytes, reasons, deleted, objects, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				run, backup.backup(), position, backup.state(), backup.backupId(),
				backup.time().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC), backup.milvusVersion(),
				backup.bytes(), backup.reasons(), backup.deleted(), backup.objects(), backup.problem());
	}

	private static PlannedExpiry row(ResultSet row) throws SQLException {
		return new PlannedExpiry(row.getString("backup"), row.getString("backup_state"), row.getString("backup_id"),
				row.getObject("backup_time", OffsetDateTime.class).toInstant(), row.getString("milvus_version"),
				row.getLong("bytes"), row.getString("reasons"), row.getBoolean("deleted"), row.getLong("objects"),
				row.getString("problem"));
	}

	private static String what(String verb, long run) {
		return verb + " the backups that expire run '" + run + "' deletes";
	}

}
