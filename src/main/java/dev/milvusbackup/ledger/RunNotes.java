package dev.milvusbackup.ledger;

import java.util.List;
import java.util.function.Consumer;

/**
 * What a person should know of a run, however it ended: what was left out of it, what
 * went otherwise than usual. Thread-safe; one process works on a run at a time.
 */
public final class RunNotes {

	private static final int MOST = 1000;

	private final LedgerDatabase database;

	RunNotes(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * Adds a note; one that is there already is not added again, as steps are executed
	 * again. Of very many only the first are kept.
	 * @param note without secrets
	 */
	public synchronized void add(long run, String note) {
		this.database.change("note something about run '" + run + "'", (jdbc) -> {
			List<String> known = jdbc.queryForList("SELECT note FROM mb_run_note WHERE run_id = ?", String.class, run);
			if (!known.contains(note) && known.size() < MOST) {
				jdbc.update("INSERT INTO mb_run_note (run_id, note_number, note) VALUES (?, ?, ?)", run, known.size(),
						note);
			}
		});
	}

	/**
	 * Takes the notes of one run.
	 */
	public Consumer<String> of(long run) {
		return (note) -> add(run, note);
	}

	/**
	 * In the order in which they were added.
	 */
	public List<String> notes(long run) {
		return this.database.read("read the notes of run '" + run + "'", (jdbc) -> jdbc
			.queryForList("SELECT note FROM mb_run_note WHERE run_id = ? ORDER BY note_number", String.class, run));
	}

}
