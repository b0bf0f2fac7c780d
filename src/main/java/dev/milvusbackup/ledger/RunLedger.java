package dev.milvusbackup.ledger;

import java.util.List;
import java.util.Optional;

/**
 * All runs that this job repository knows. Thread-safe.
 */
public final class RunLedger {

	/**
	 * The run of the highest generation.
	 */
	public Optional<Run> latest(RunIdentity identity) {
		throw new UnsupportedOperationException();
	}

	public Optional<Run> find(long id) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Starts the next generation, in state OPEN.
	 */
	public Run open(RunIdentity identity, String backup, String fingerprint, String request) {
		throw new UnsupportedOperationException();
	}

	public void update(long id, RunState state, String summary) {
		throw new UnsupportedOperationException();
	}

	/**
	 * The newest runs first.
	 */
	public List<Run> runs(int limit) {
		throw new UnsupportedOperationException();
	}

}
