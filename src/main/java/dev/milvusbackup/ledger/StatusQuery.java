package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads how far runs are, while they run in this or another process. Its own SQL, as
 * Spring Batch reads an execution only with all its steps. Expects that a run is launched
 * as the job of its kind in lower case with its id as the parameter {@code run}.
 * Thread-safe.
 */
public final class StatusQuery {

	private static final String UNFINISHED = "('STARTING', 'STARTED', 'STOPPING', 'UNKNOWN')";

	private static final String EXECUTIONS = " FROM BATCH_JOB_EXECUTION e JOIN BATCH_JOB_INSTANCE i"
			+ " ON i.JOB_INSTANCE_ID = e.JOB_INSTANCE_ID JOIN BATCH_JOB_EXECUTION_PARAMS p"
			+ " ON p.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID WHERE i.JOB_NAME = ? AND p.PARAMETER_NAME = 'run'"
			+ " AND p.PARAMETER_VALUE = ?";

	private final LedgerDatabase database;

	private final RunLedger runs;

	private final SegmentLedger segments;

	private final ImportQueue imports;

	private final ExpiryLedger expiries;

	private final VerifyLedger verifications;

	public StatusQuery(LedgerDatabase database) {
		this.database = database;
		this.runs = new RunLedger(database);
		this.segments = new SegmentLedger(database);
		this.imports = new ImportQueue(database);
		this.expiries = new ExpiryLedger(database);
		this.verifications = new VerifyLedger(database);
	}

	public Optional<RunStatus> status(long run) {
		return this.runs.find(run).map(this::status);
	}

	/**
	 * The newest runs first.
	 */
	public List<RunStatus> recent(int limit) {
		return this.runs.runs(limit).stream().map(this::status).toList();
	}

	/**
	 * The number of the run that an execution belongs to.
	 * @param execution its id in the job repository
	 */
	public Optional<Long> run(long execution) {
		return this.database.read("find the run of execution '" + execution + "'",
				jdbc -> jdbc
					.queryForList("SELECT PARAMETER_VALUE FROM BATCH_JOB_EXECUTION_PARAMS WHERE JOB_EXECUTION_ID = ?"
							+ " AND PARAMETER_NAME = 'run'", Long.class, execution)
					.stream()
					.findFirst());
	}

	private RunStatus status(Run run) {
		CopyProgress progress = progress(run);
		return this.database.read("read the status of run '" + run.id() + "'", jdbc -> {
			Object[] key = { run.identity().kind().name().toLowerCase(Locale.ROOT), Long.toString(run.id()) };
			Integer executions = jdbc.queryForObject("SELECT COUNT(*)" + EXECUTIONS, Integer.class, key);
			return new RunStatus(run, progress, (executions != null) ? executions : 0, last(jdbc, key));
		});
	}

	private CopyProgress progress(Run run) {
		return switch (run.identity().kind()) {
			case BACKUP -> this.segments.progress(run.id());
			case RESTORE -> restoreProgress(run.id());
			case VERIFY -> this.verifications.progress(run.id());
			case EXPIRE -> this.expiries.progress(run.id());
		};
	}

	/**
	 * The imports count, as soon as they are planned.
	 */
	private CopyProgress restoreProgress(long run) {
		CopyProgress progress = this.imports.progress(run);
		return (progress.segments() > 0) ? progress : this.segments.progress(run);
	}

	private static RunStatus.@Nullable Execution last(JdbcTemplate jdbc, Object[] key) {
		return jdbc
			.query("SELECT e.JOB_EXECUTION_ID, e.STATUS, e.START_TIME, e.END_TIME, e.EXIT_CODE, e.EXIT_MESSAGE"
					+ EXECUTIONS + " ORDER BY e.JOB_EXECUTION_ID DESC LIMIT 1", (row, number) -> execution(jdbc, row),
					key)
			.stream()
			.findFirst()
			.orElse(null);
	}

	private static RunStatus.Execution execution(JdbcTemplate jdbc, ResultSet row) throws SQLException {
		long id = row.getLong("JOB_EXECUTION_ID");
		String message = row.getString("EXIT_MESSAGE");
		return new RunStatus.Execution(id, row.getString("STATUS"), step(jdbc, id), instant(row, "START_TIME"),
				instant(row, "END_TIME"), row.getString("EXIT_CODE"), (message != null) ? message : "");
	}

	// The step of a slice is named <step>:<slice>.
	private static @Nullable String step(JdbcTemplate jdbc, long execution) {
		return jdbc
			.queryForList(
					"SELECT STEP_NAME FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID = ?"
							+ " AND STEP_NAME NOT LIKE '%:%' ORDER BY STEP_EXECUTION_ID DESC LIMIT 1",
					String.class, execution)
			.stream()
			.findFirst()
			.orElse(null);
	}

	/**
	 * The steps of an execution in the order in which they began, slices left out.
	 */
	public List<StepStatus> steps(long execution) {
		return this.database.read("read the steps of execution '" + execution + "'",
				jdbc -> jdbc.query("SELECT STEP_NAME, STATUS, START_TIME, END_TIME, EXIT_MESSAGE"
						+ " FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID = ? AND STEP_NAME NOT LIKE '%:%'"
						+ " ORDER BY STEP_EXECUTION_ID", (row, number) -> step(row), execution));
	}

	private static StepStatus step(ResultSet row) throws SQLException {
		String message = row.getString("EXIT_MESSAGE");
		return new StepStatus(row.getString("STEP_NAME"), row.getString("STATUS"), instant(row, "START_TIME"),
				instant(row, "END_TIME"), (message != null) ? message : "");
	}

	// Spring Batch writes local times.
	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp time = row.getTimestamp(column);
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * All executions of a job instance, in the order in which they began.
	 */
	public List<Long> executions(long jobInstance) {
		return this.database.read("read the executions of job instance '" + jobInstance + "'",
				jdbc -> jdbc.queryForList("SELECT JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION WHERE JOB_INSTANCE_ID = ?"
						+ " ORDER BY JOB_EXECUTION_ID", Long.class, jobInstance));
	}

	/**
	 * The executions of a job instance that keep it from being launched again, unless
	 * they are running: they, or steps of them, have not ended.
	 */
	public List<Long> unfinishedExecutions(long jobInstance) {
		return this.database.read("read the executions of job instance '" + jobInstance + "'",
				jdbc -> jdbc.queryForList("SELECT e.JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION e"
						+ " WHERE e.JOB_INSTANCE_ID = ? AND e.STATUS NOT IN ('COMPLETED', 'ABANDONED')"
						+ " AND (e.STATUS IN " + UNFINISHED + " OR EXISTS (SELECT 1 FROM BATCH_STEP_EXECUTION s"
						+ " WHERE s.JOB_EXECUTION_ID = e.JOB_EXECUTION_ID AND s.STATUS IN " + UNFINISHED
						+ ")) ORDER BY e.JOB_EXECUTION_ID", Long.class, jobInstance));
	}

}
