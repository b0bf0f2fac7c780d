package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * All runs that this job repository knows. Thread-safe.
 */
public final class RunLedger {

	static final String COLUMNS = "r.id, r.kind, r.place, r.subject, r.generation, r.backup, r.fingerprint, r.request,"
			+ " r.state, r.created_at, r.updated_at, r.summary";

	private final LedgerDatabase database;

	public RunLedger(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * The run of the highest generation.
	 */
	public Optional<Run> latest(RunIdentity identity) {
		return this.database.read("find the run of '" + identity.subject() + "'",
				jdbc -> first(jdbc, "WHERE r.identity_key = ? ORDER BY r.generation DESC", key(identity)));
	}

	public Optional<Run> find(long id) {
		return this.database.read("read run '" + id + "'", jdbc -> first(jdbc, "WHERE r.id = ?", id));
	}

	/**
	 * Starts the next generation, in state OPEN.
	 * @throws LedgerException also when another process opens the same generation at once
	 */
	public Run open(RunIdentity identity, String backup, String fingerprint, String request) {
		String what = "open a run of '" + identity.subject() + "'";
		return this.database.write(what, jdbc -> {
			String key = key(identity);
			Integer generation = jdbc.queryForObject(
					"SELECT COALESCE(MAX(generation), 0) + 1 FROM mb_run WHERE identity_key = ?", Integer.class, key);
			OffsetDateTime now = now();
			try {
				jdbc.update(
						"INSERT INTO mb_run (identity_key, kind, place, subject, generation, backup, fingerprint, request,"
								+ " state, created_at, updated_at, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
						key, identity.kind().name(), identity.place(), identity.subject(), generation, backup,
						fingerprint, request, RunState.OPEN.name(), now, now);
			}
			catch (DuplicateKeyException ex) {
				throw new LedgerException("unable to " + what + ": another process opened it at the same time",
						"try again", ex);
			}
			return first(jdbc, "WHERE r.identity_key = ? AND r.generation = ?", key, generation).orElseThrow();
		});
	}

	/**
	 * @throws LedgerException also when there is no such run
	 */
	public void update(long id, RunState state, String summary) {
		String what = "update run '" + id + "'";
		this.database.change(what, jdbc -> {
			int rows = jdbc.update("UPDATE mb_run SET state = ?, summary = ?, updated_at = ? WHERE id = ?",
					state.name(), summary, now(), id);
			if (rows == 0) {
				throw new LedgerException("unable to " + what + ": it is not in this job repository", null, null);
			}
		});
	}

	/**
	 * The newest runs first.
	 */
	public List<Run> runs(int limit) {
		return this.database.read("list the runs",
				jdbc -> jdbc.query("SELECT " + COLUMNS + " FROM mb_run r ORDER BY r.id DESC LIMIT ?",
						(row, number) -> run(row), limit));
	}

	/**
	 * The runs of a backup that can be gone on with, newest first.
	 * @param place of the backups: store address and root path
	 */
	public List<Run> unfinished(RunKind kind, String place, String backup) {
		return this.database.read("find the unfinished runs of '" + backup + "'",
				jdbc -> jdbc.query(
						"SELECT " + COLUMNS + " FROM mb_run r WHERE r.kind = ? AND r.place = ? AND r.backup = ?"
								+ " AND r.state IN (?, ?) ORDER BY r.id DESC",
						(row, number) -> run(row), kind.name(), place, backup, RunState.OPEN.name(),
						RunState.PARTIAL.name()));
	}

	/**
	 * When each backup was complete, by its name.
	 */
	public Map<String, Instant> completeBackups() {
		return this.database.read("find the complete backups", (jdbc) -> {
			Map<String, Instant> complete = new HashMap<>();
			jdbc.query(
					"SELECT backup, MAX(updated_at) AS ended FROM mb_run WHERE kind = ? AND state = ? GROUP BY backup",
					(row) -> {
						complete.put(row.getString("backup"), row.getObject("ended", OffsetDateTime.class).toInstant());
					}, RunKind.BACKUP.name(), RunState.COMPLETE.name());
			return complete;
		});
	}

	/**
	 * The newest run of a backup.
	 * @param backup its name
	 */
	public Optional<Run> newest(RunKind kind, String backup) {
		return this.database.read("find the " + kind + " of '" + backup + "'",
				jdbc -> first(jdbc, "WHERE r.kind = ? AND r.backup = ? ORDER BY r.id DESC", kind.name(), backup));
	}

	/**
	 * The newest run that a client calls so.
	 */
	public Optional<Run> named(RunKind kind, String name) {
		return this.database.read("find the " + kind + " '" + name + "'", jdbc -> first(jdbc,
				"JOIN mb_run_name n ON n.run_id = r.id WHERE n.kind = ? AND n.name = ?", kind.name(), name));
	}

	/**
	 * Gives a run one more name. A name that another run has goes over to this one.
	 * @param name at most 255 characters
	 */
	public void name(long id, RunKind kind, String name) {
		this.database.change("name run '" + id + "'", jdbc -> {
			jdbc.update("DELETE FROM mb_run_name WHERE kind = ? AND name = ?", kind.name(), name);
			jdbc.update("INSERT INTO mb_run_name (kind, name, run_id) VALUES (?, ?, ?)", kind.name(), name, id);
		});
	}

	/**
	 * What clients call a run, in no order.
	 */
	public List<String> names(long id) {
		return this.database.read("read the names of run '" + id + "'",
				jdbc -> jdbc.queryForList("SELECT name FROM mb_run_name WHERE run_id = ?", String.class, id));
	}

	static Run run(ResultSet row) throws SQLException {
		RunIdentity identity = new RunIdentity(RunKind.valueOf(row.getString("kind")), row.getString("place"),
				row.getString("subject"));
		return new Run(row.getLong("id"), identity, row.getInt("generation"), row.getString("backup"),
				row.getString("fingerprint"), row.getString("request"), RunState.valueOf(row.getString("state")),
				instant(row, "created_at"), instant(row, "updated_at"), row.getString("summary"));
	}

	private static Optional<Run> first(JdbcTemplate jdbc, String condition, Object... arguments) {
		return jdbc
			.query("SELECT " + COLUMNS + " FROM mb_run r " + condition + " LIMIT 1", (row, number) -> run(row),
					arguments)
			.stream()
			.findFirst();
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	private static OffsetDateTime now() {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
	}

	private static String key(RunIdentity identity) {
		return KeyDigest.of(identity.kind().name(), identity.place(), identity.subject());
	}

}
