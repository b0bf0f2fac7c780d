package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.ledger.PlannedSnapshot.State;

/**
 * The snapshots that backup runs take. Every method is one short transaction of its own
 * and durable when it returns. Thread-safe.
 */
public final class SnapshotLedger {

	private static final String SELECT = "SELECT s.* FROM mb_snapshot s";

	private final LedgerDatabase database;

	SnapshotLedger(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * Adds or replaces that of a collection.
	 */
	public void put(long run, PlannedSnapshot snapshot) {
		this.database.change("record snapshot '" + snapshot.name() + "' of run '" + run + "'", jdbc -> {
			jdbc.update("DELETE FROM mb_snapshot WHERE run_id = ? AND collection_id = ?", run, snapshot.collectionId());
			jdbc.update(
					"INSERT INTO mb_snapshot (run_id, collection_id, collection, server, attempt, name, state, held,"
							+ " created_timestamp, job_id, metadata_path, files, bytes, row_count, files_copied)"
							+ " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
					run, snapshot.collectionId(), snapshot.collection(), snapshot.server(), snapshot.attempt(),
					snapshot.name(), snapshot.state().name(), snapshot.held(), snapshot.createdTimestamp(),
					snapshot.jobId(), snapshot.metadataPath(), snapshot.files(), snapshot.bytes(), snapshot.rows(),
					(snapshot.state() == State.EXPORTED) ? snapshot.files() : 0);
		});
	}

	public Optional<PlannedSnapshot> find(long run, long collectionId) {
		return this.database
			.read("read a snapshot of run '" + run + "'",
					jdbc -> jdbc.query(SELECT + " WHERE s.run_id = ? AND s.collection_id = ?",
							(row, number) -> snapshot(row), run, collectionId))
			.stream()
			.findFirst();
	}

	/**
	 * All of a run, by collection id.
	 */
	public List<PlannedSnapshot> snapshots(long run) {
		return this.database.read("read the snapshots of run '" + run + "'", jdbc -> jdbc
			.query(SELECT + " WHERE s.run_id = ? ORDER BY s.collection_id", (row, number) -> snapshot(row), run));
	}

	/**
	 * What other runs left in the server: earlier ones of the same backup, and those of
	 * any backup that nobody goes on with.
	 */
	public List<Left> left(long run, String server) {
		return this.database.read("look for snapshots that were left",
				jdbc -> jdbc.query(
						SELECT + " JOIN mb_run r ON r.id = s.run_id WHERE s.held = TRUE AND s.server = ?"
								+ " AND s.run_id <> ? AND (r.state IN (?, ?) OR r.identity_key ="
								+ " (SELECT o.identity_key FROM mb_run o WHERE o.id = ?)) ORDER BY s.run_id",
						(row, number) -> new Left(row.getLong("run_id"), snapshot(row)), server, run,
						RunState.COMPLETE.name(), RunState.ABANDONED.name(), run));
	}

	/**
	 * Milvus told how far the export of a collection is; without effect when it has ended
	 * by now.
	 */
	public void progress(long run, long collectionId, long copied, long files) {
		this.database.change("record the progress of an export of run '" + run + "'",
				jdbc -> jdbc
					.update("UPDATE mb_snapshot SET files_copied = ?, files = ? WHERE run_id = ? AND collection_id = ?"
							+ " AND state = ?", copied, files, run, collectionId, State.SUBMITTED.name()));
	}

	private static PlannedSnapshot snapshot(ResultSet row) throws SQLException {
		return new PlannedSnapshot(row.getLong("collection_id"), row.getString("collection"), row.getString("server"),
				row.getInt("attempt"), row.getString("name"), State.valueOf(row.getString("state")),
				row.getBoolean("held"), row.getLong("created_timestamp"), row.getLong("job_id"),
				row.getString("metadata_path"), row.getLong("files"), row.getLong("bytes"), row.getLong("row_count"));
	}

	/**
	 * A snapshot that a run did not drop.
	 */
	public record Left(long run, PlannedSnapshot snapshot) {
	}

}
