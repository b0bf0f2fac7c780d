package dev.milvusbackup.launch;

import java.util.Optional;

import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;

/**
 * Unfinished runs that are gone on with only by the same request. The caller holds the
 * lease of the identity.
 */
record UnfinishedRuns(RunLedger runs, RunControl control) {

	/**
	 * The unfinished run of the same request, empty when there is none. One of another
	 * request is given up.
	 * @param reason why it is given up
	 */
	Optional<Run> of(RunIdentity identity, RequestFingerprint fingerprint, String reason) {
		Optional<Run> unfinished = this.runs.latest(identity).filter((run) -> run.state() == RunState.OPEN);
		if (unfinished.isEmpty() || unfinished.get().fingerprint().equals(fingerprint.value())) {
			return unfinished;
		}
		Run run = unfinished.get();
		this.control.recover(run);
		this.runs.update(run.id(), RunState.ABANDONED, reason);
		return Optional.empty();
	}

}
