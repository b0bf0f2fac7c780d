package dev.milvusbackup.retention;

import java.time.Instant;
import java.util.List;

import dev.milvusbackup.ledger.ExpiryLedger;
import dev.milvusbackup.manifest.BackupCatalog;
import dev.milvusbackup.manifest.DatedBackup;

/**
 * The backups of one root path, and what a run may do with them.
 *
 * @param run number of the run, 0 for none
 * @param prefix the backups whose names begin so; empty for all
 */
public record Expiry(long run, String prefix, RetentionPolicy policy, BackupCatalog catalog, BackupGuard guard,
		ExpiryLedger ledger) {

	/**
	 * Decides on each backup as it is now; changes nothing.
	 * @return newest first
	 */
	public List<Verdict> verdicts() {
		List<Candidate> candidates = this.catalog.dated(this.prefix).stream().map(this::candidate).toList();
		return this.policy.decide(candidates, Instant.now());
	}

	private Candidate candidate(DatedBackup backup) {
		return new Candidate(backup, this.guard.flaw(backup.entry()), this.guard.use(backup.entry().name()));
	}

}
