package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.PlannedImport.State;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * The imports of a run in parts, for runs that have too many to be held in memory.
 * Thread-safe. Streams hold one page; the caller closes them.
 */
public final class ImportQueue {

	private static final int PAGE = 500;

	private static final TypeReference<List<String>> PATHS = new TypeReference<>() {
	};

	private static final String PROGRESS = "SELECT collection, COUNT(*) AS jobs, COALESCE(SUM(bytes), 0) AS bytes,"
			+ " COALESCE(SUM(CASE WHEN state = 'IMPORTED' THEN 1 ELSE 0 END), 0) AS jobs_done,"
			+ " COALESCE(SUM(CASE WHEN state = 'IMPORTED' THEN bytes"
			+ " WHEN state = 'SUBMITTED' THEN bytes * percent / 100 ELSE 0 END), 0) AS bytes_done"
			+ " FROM mb_import WHERE run_id = ?";

	private final LedgerDatabase database;

	private final JsonMapper json = new JsonMapper();

	public ImportQueue(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * The imports of an order that are not IMPORTED and lie after the key, in the order
	 * in which the database sorts keys.
	 * @param afterKey empty to begin
	 */
	public List<PlannedImport> open(long run, int order, String afterKey, int limit) {
		return this.database.read(what(run),
				(jdbc) -> jdbc.query(
						"SELECT * FROM mb_import WHERE run_id = ? AND import_order = ? AND state <> 'IMPORTED'"
								+ " AND import_key > ? ORDER BY import_key LIMIT ?",
						(row, number) -> planned(row), run, order, afterKey, limit));
	}

	/**
	 * All imports into one collection.
	 */
	public Stream<PlannedImport> ofCollection(long run, String collection) {
		return Pages.stream((last) -> this.database.read(what(run),
				(jdbc) -> jdbc.query(
						"SELECT * FROM mb_import WHERE run_id = ? AND collection = ? AND import_key > ?"
								+ " ORDER BY import_key LIMIT ?",
						(row, number) -> planned(row), run, collection, (last != null) ? last.key() : "", PAGE)));
	}

	/**
	 * Ids of the jobs that are known to belong to an import into the collection.
	 */
	public Set<Long> jobIds(long run, String collection) {
		return this.database.read(what(run),
				(jdbc) -> new HashSet<>(jdbc.queryForList(
						"SELECT job_id FROM mb_import WHERE run_id = ? AND collection = ? AND job_id IS NOT NULL",
						Long.class, run, collection)));
	}

	/**
	 * Rows that were imported by the run so far.
	 */
	public long rowsImported(long run) {
		Long rows = this.database.read(what(run),
				(jdbc) -> jdbc.queryForObject(
						"SELECT COALESCE(SUM(rows_imported), 0) FROM mb_import WHERE run_id = ? AND state = 'IMPORTED'",
						Long.class, run));
		return (rows != null) ? rows : 0;
	}

	/**
	 * How far the imports of a run are: an import counts as a segment and as an object.
	 * Of one that runs the bytes are reckoned, as far as the server told a percentage.
	 */
	public CopyProgress progress(long run) {
		return this.database.read(what(run),
				jdbc -> jdbc.queryForObject(PROGRESS.replace("collection, ", ""), (row, number) -> progress(row), run));
	}

	private static CopyProgress progress(ResultSet row) throws SQLException {
		return new CopyProgress(row.getLong("jobs"), row.getLong("jobs_done"), row.getLong("jobs"),
				row.getLong("jobs_done"), row.getLong("bytes"), row.getLong("bytes_done"));
	}

	/**
	 * As {@link #progress(long)}, by target collection; those without imports are left
	 * out.
	 */
	public Map<String, CopyProgress> progressByCollection(long run) {
		return this.database.read(what(run), jdbc -> {
			Map<String, CopyProgress> progress = new HashMap<>();
			jdbc.query(PROGRESS + " GROUP BY collection",
					(RowCallbackHandler) row -> progress.put(row.getString("collection"), progress(row)), run);
			return progress;
		});
	}

	/**
	 * Removes all imports of a run of which nothing has been sent yet.
	 */
	public void clear(long run) {
		this.database.change("clear the imports of run '" + run + "'",
				(jdbc) -> jdbc.update("DELETE FROM mb_import WHERE run_id = ? AND state = 'PLANNED'", run));
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

	private static String what(long run) {
		return "read the imports of run '" + run + "'";
	}

}
