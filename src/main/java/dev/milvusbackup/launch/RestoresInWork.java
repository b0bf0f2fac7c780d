package dev.milvusbackup.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLease;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.model.BackupName;

/**
 * The restores of this job repository that need their backup still: those at work, and
 * those that can be gone on with and were begun not long ago. Thread-safe.
 */
final class RestoresInWork {

	private final RunLedger runs;

	private final RunLease leases;

	RestoresInWork(RunLedger runs, RunLease leases) {
		this.runs = runs;
		this.leases = leases;
	}

	/**
	 * The live process that restores from the backup.
	 * @param place of the backup: store address and root path
	 */
	Optional<LeaseOwner> reader(String place, BackupName backup) {
		return this.runs.unfinished(RunKind.RESTORE, place, backup.value())
			.stream()
			.flatMap((run) -> this.leases.owner(RunControl.leaseKey(run.identity())).stream())
			.findFirst();
	}

	/**
	 * How many restores of the backup could be gone on with.
	 */
	long unfinished(String place, BackupName backup) {
		return this.runs.unfinished(RunKind.RESTORE, place, backup.value()).size();
	}

	/**
	 * Who needs the backup; empty when nobody does.
	 * @param place of the backup: store address and root path
	 * @param patience how long a restore that does not run may be resumed
	 */
	String user(String place, BackupName backup, Duration patience) {
		List<Run> unfinished = this.runs.unfinished(RunKind.RESTORE, place, backup.value());
		Instant oldest = Instant.now().minus(patience);
		for (Run run : unfinished) {
			Optional<LeaseOwner> owner = this.leases.owner(RunControl.leaseKey(run.identity()));
			if (owner.isPresent()) {
				return "restored by " + owner.get();
			}
			if (run.updated().isAfter(oldest)) {
				return "needed by the unfinished restore run " + run.id();
			}
		}
		return "";
	}

}
