package dev.milvusbackup.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Removes runs that ended well long ago, with all that Spring Batch and the ledger know
 * of them. Runs that are unfinished, partial or in use are not looked at: their state is
 * what the next command goes on from. A restore that was given a name stays as one row,
 * so that the same name still is complete. Thread-safe; idempotent.
 */
public final class RunPurge {

	private static final String NAMED = "r.kind = 'RESTORE' AND r.subject LIKE '% as %'";

	private static final String INSTANCES = "SELECT DISTINCT i.JOB_INSTANCE_ID FROM BATCH_JOB_INSTANCE i"
			+ " JOIN BATCH_JOB_EXECUTION e ON e.JOB_INSTANCE_ID = i.JOB_INSTANCE_ID"
			+ " JOIN BATCH_JOB_EXECUTION_PARAMS p ON p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID"
			+ " WHERE i.JOB_NAME = ? AND p.PARAMETER_NAME = 'run' AND p.PARAMETER_VALUE = ?";

	private static final String EXECUTIONS = " WHERE JOB_EXECUTION_ID IN"
			+ " (SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION WHERE JOB_INSTANCE_ID = ?)";

	/** Of one job instance, in the order of their references. */
	private static final List<String> BATCH = List.of(
			"DELETE FROM BATCH_STEP_EXECUTION_CONTEXT WHERE STEP_EXECUTION_ID IN"
					+ " (SELECT STEP_EXECUTION_ID FROM BATCH_STEP_EXECUTION" + EXECUTIONS + ")",
			"DELETE FROM BATCH_STEP_EXECUTION" + EXECUTIONS, "DELETE FROM BATCH_JOB_EXECUTION_CONTEXT" + EXECUTIONS,
			"DELETE FROM BATCH_JOB_EXECUTION_PARAMS" + EXECUTIONS,
			"DELETE FROM BATCH_JOB_EXECUTION WHERE JOB_INSTANCE_ID = ?",
			"DELETE FROM BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID = ?");

	/** Of one run. */
	private static final List<String> DETAILS = List.of("mb_segment", "mb_snapshot", "mb_collection", "mb_import",
			"mb_restore_target", "mb_run_note");

	private final LedgerDatabase database;

	public RunPurge(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * The runs that {@link #purge} would be given: complete, damaged or abandoned, last
	 * changed before that time, and with something left to remove. The oldest first.
	 */
	public List<Run> candidates(Instant before) {
		return this.database
			.read("list old runs",
					(jdbc) -> jdbc.query("SELECT " + RunLedger.COLUMNS
							+ " FROM mb_run r WHERE r.state IN (?, ?, ?) AND r.updated_at < ?" + " AND (NOT (" + NAMED
							+ ") OR EXISTS (SELECT 1 FROM mb_collection c" + " WHERE c.run_id = r.id)) ORDER BY r.id",
							(row, number) -> RunLedger.run(row), RunState.COMPLETE.name(), RunState.DAMAGED.name(),
							RunState.ABANDONED.name(), before.atOffset(ZoneOffset.UTC)));
	}

	/**
	 * Removes one run, in one transaction.
	 */
	public void purge(Run run) {
		this.database.change("remove run '" + run.id() + "'", (jdbc) -> {
			jdbc.queryForList(INSTANCES, Long.class, run.identity().kind().name().toLowerCase(Locale.ROOT),
					Long.toString(run.id()))
				.forEach((instance) -> BATCH.forEach((statement) -> jdbc.update(statement, instance)));
			DETAILS.forEach((table) -> jdbc.update("DELETE FROM " + table + " WHERE run_id = ?", run.id()));
			removeUnlessNamed(jdbc, run);
		});
	}

	private static void removeUnlessNamed(JdbcTemplate jdbc, Run run) {
		jdbc.update("DELETE FROM mb_run_name WHERE run_id IN (SELECT r.id FROM mb_run r WHERE r.id = ? AND NOT ("
				+ NAMED + "))", run.id());
		jdbc.update("DELETE FROM mb_run WHERE id IN (SELECT r.id FROM mb_run r WHERE r.id = ? AND NOT (" + NAMED + "))",
				run.id());
	}

}
