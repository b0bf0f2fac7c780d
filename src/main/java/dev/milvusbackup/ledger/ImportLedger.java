package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.milvusbackup.ledger.PlannedImport.State;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The import jobs of a restore run. Every method is one short transaction of its own and
 * durable when it returns. Thread-safe.
 */
public final class ImportLedger {

	private static final TypeReference<List<String>> PATHS = new TypeReference<>() {
	};

	private static final Comparator<PlannedImport> ORDER = Comparator.comparingInt(PlannedImport::order)
		.thenComparing(PlannedImport::collection)
		.thenComparing(PlannedImport::key);

	private final LedgerDatabase database;

	private final JsonMapper json = new JsonMapper();

	public ImportLedger(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * Adds imports; those whose key is known already are left as they are.
	 */
	public void plan(long run, Collection<PlannedImport> imports) {
		this.database.change("plan the imports of run '" + run + "'", jdbc -> {
			Set<String> known = new HashSet<>(
					jdbc.queryForList("SELECT import_key FROM mb_import WHERE run_id = ?", String.class, run));
			jdbc.batchUpdate(
					"INSERT INTO mb_import (run_id, import_key, import_order, collection, partition_name, paths,"
							+ " row_count, bytes, has_deletes, state, job_id, rows_imported, reason,"
							+ " segments, storage_version, end_timestamp)"
							+ " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
					imports.stream()
						.filter(planned -> known.add(planned.key()))
						.map(planned -> row(run, planned))
						.toList());
		});
	}

	private Object[] row(long run, PlannedImport planned) {
		return new Object[] { run, planned.key(), planned.order(), planned.collection(), planned.partition(),
				this.json.writeValueAsString(planned.paths()), planned.rows(), planned.bytes(), planned.hasDeletes(),
				planned.state().name(), planned.jobId(), planned.rowsImported(), planned.reason(),
				planned.extent().segments(), planned.extent().storageVersion(), planned.extent().endTimestamp() };
	}

	/**
	 * In the order of (order, collection, key).
	 */
	public List<PlannedImport> imports(long run) {
		// Sorted here, as databases differ in the order of texts.
		return this.database
			.read("read the imports of run '" + run + "'",
					jdbc -> jdbc.query("SELECT * FROM mb_import WHERE run_id = ?", (row, number) -> planned(row), run))
			.stream()
			.sorted(ORDER)
			.toList();
	}

	private PlannedImport planned(ResultSet row) throws SQLException {
		long jobId = row.getLong("job_id");
		Long job = row.wasNull() ? null : Long.valueOf(jobId);
		return new PlannedImport(row.getString("import_key"), row.getInt("import_order"), row.getString("collection"),
				row.getString("partition_name"), this.json.readValue(row.getString("paths"), PATHS),
				row.getLong("row_count"), row.getLong("bytes"), row.getBoolean("has_deletes"),
				new PlannedImport.Extent(row.getInt("segments"), row.getLong("storage_version"),
						row.getLong("end_timestamp")),
				State.valueOf(row.getString("state")), job, row.getLong("rows_imported"), row.getString("reason"));
	}

	/**
	 * PLANNED or FAILED becomes SUBMITTING.
	 * @throws LedgerException also when the import is in another state
	 */
	public void submitting(long run, String key) {
		move(run, key, State.SUBMITTING,
				"job_id = NULL, reason = '', percent = 0 WHERE state IN ('PLANNED', 'FAILED')");
	}

	/**
	 * SUBMITTING becomes SUBMITTED.
	 * @throws LedgerException also when the import is in another state
	 */
	public void submitted(long run, String key, long jobId) {
		move(run, key, State.SUBMITTED, "job_id = ? WHERE state = 'SUBMITTING'", jobId);
	}

	/**
	 * The server told how far the job is; without effect when it has ended by now.
	 */
	public void progress(long run, String key, int percent) {
		this.database.change("record the progress of import '" + key + "' of run '" + run + "'",
				jdbc -> jdbc.update(
						"UPDATE mb_import SET percent = ? WHERE run_id = ? AND import_key = ? AND state = ?", percent,
						run, key, State.SUBMITTED.name()));
	}

	/**
	 * SUBMITTED becomes IMPORTED. Idempotent.
	 * @throws LedgerException also when the import is in another state
	 */
	public void imported(long run, String key, long rows) {
		move(run, key, State.IMPORTED, "rows_imported = ?, reason = '' WHERE state IN ('SUBMITTED', 'IMPORTED')", rows);
	}

	/**
	 * Any state but IMPORTED becomes FAILED.
	 * @throws LedgerException also when the import is done
	 */
	public void failed(long run, String key, String reason) {
		move(run, key, State.FAILED, "reason = ? WHERE state <> 'IMPORTED'", reason);
	}

	/**
	 * SUBMITTING becomes PLANNED again: the server certainly started nothing.
	 * @throws LedgerException also when the import is in another state
	 */
	public void notSubmitted(long run, String key) {
		move(run, key, State.PLANNED, "job_id = NULL WHERE state = 'SUBMITTING'");
	}

	private void move(long run, String key, State to, String change, Object... arguments) {
		String what = "set import '" + key + "' of run '" + run + "' to " + to;
		Object[] all = new Object[arguments.length + 3];
		all[0] = to.name();
		System.arraycopy(arguments, 0, all, 1, arguments.length);
		all[arguments.length + 1] = run;
		all[arguments.length + 2] = key;
		this.database.change(what, jdbc -> {
			int rows = jdbc.update("UPDATE mb_import SET state = ?, " + change + " AND run_id = ? AND import_key = ?",
					all);
			if (rows == 0) {
				throw new LedgerException("unable to " + what + ": it is not in a state that allows it", null, null);
			}
		});
	}

}
