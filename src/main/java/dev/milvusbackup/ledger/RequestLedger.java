package dev.milvusbackup.ledger;

import java.util.Optional;

/**
 * The requests of runs, as far as they cannot be told from the options that identify a
 * run. Thread-safe.
 */
public final class RequestLedger {

	private final LedgerDatabase database;

	public RequestLedger(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * Keeps the request of a run that has none yet.
	 * @param content JSON without secrets
	 */
	public void put(long run, String content) {
		this.database.change("record the request of run '" + run + "'",
				jdbc -> jdbc.update("INSERT INTO mb_request (run_id, content) VALUES (?, ?)", run, content));
	}

	/**
	 * Empty for a run of an earlier release.
	 */
	public Optional<String> find(long run) {
		return this.database.read("read the request of run '" + run + "'",
				jdbc -> jdbc.queryForList("SELECT content FROM mb_request WHERE run_id = ?", String.class, run)
					.stream()
					.findFirst());
	}

}
