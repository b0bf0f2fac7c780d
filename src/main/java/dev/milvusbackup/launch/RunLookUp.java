package dev.milvusbackup.launch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.ledger.ExpiryLedger;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.PlannedExpiry;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLease;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.StatusQuery;
import dev.milvusbackup.ledger.VerificationLedger;
import dev.milvusbackup.ledger.VerifyLedger;
import dev.milvusbackup.ledger.VerifyProgress;

/**
 * Finds runs of this and other processes that use the job repository, by id, by backup or
 * by the name that a client gave them. Thread-safe. Every method throws
 * {@link dev.milvusbackup.ledger.LedgerException} when the database cannot be read.
 */
public final class RunLookUp {

	private final RunLedger runs;

	private final StatusQuery status;

	private final RunDetails details;

	private final VerificationLedger verifications;

	private final ExpiryLedger expiries;

	private final VerifyLedger found;

	RunLookUp(LedgerDatabase database, RunLease leases) {
		this.runs = new RunLedger(database);
		this.status = new StatusQuery(database);
		this.details = new RunDetails(database, leases);
		this.verifications = new VerificationLedger(database);
		this.expiries = new ExpiryLedger(database);
		this.found = new VerifyLedger(database);
	}

	public Optional<RunDetail> find(long run) {
		return this.status.status(run).map(this.details::whole);
	}

	/**
	 * The newest run of a backup.
	 * @param backup its name
	 */
	public Optional<RunDetail> newest(RunKind kind, String backup) {
		return this.runs.newest(kind, backup).flatMap((run) -> find(run.id()));
	}

	/**
	 * The newest run of an identity.
	 */
	public Optional<RunDetail> newest(RunIdentity identity) {
		return this.runs.latest(identity).flatMap((run) -> find(run.id()));
	}

	/**
	 * The newest run that a client called so.
	 */
	public Optional<RunDetail> named(RunKind kind, String name) {
		return this.runs.named(kind, name).flatMap((run) -> find(run.id()));
	}

	/**
	 * Lets a run be found by one more name; a name that another run has is taken from it.
	 * @param name at most 255 characters
	 */
	public void name(long run, RunKind kind, String name) {
		this.runs.name(run, kind, name);
	}

	/**
	 * What clients call the run, in no order.
	 */
	public List<String> names(long run) {
		return this.runs.names(run);
	}

	/**
	 * The id that the description of a run's backup has, also before there is one.
	 */
	public String backupId(Run run) {
		return BackupStart.taskId(run);
	}

	/**
	 * The newest runs first, without their steps and collections.
	 */
	public List<RunDetail> recent(int limit) {
		return this.status.recent(limit).stream().map(this.details::brief).toList();
	}

	/**
	 * When each backup was complete, by its name; of all runs that were not purged.
	 */
	public Map<String, Instant> completeBackups() {
		return this.runs.completeBackups();
	}

	/**
	 * The last verification of each backup that came to its end.
	 */
	public VerificationLedger verifications() {
		return this.verifications;
	}

	/**
	 * The newest verification of a backup.
	 * @param backup of the runs that make it
	 */
	public Optional<VerificationDetail> verification(RunIdentity backup) {
		return newest(VerifyService.identity(backup)).map(this::verification);
	}

	private VerificationDetail verification(RunDetail run) {
		return new VerificationDetail(run, VerifyService.isDeep(run.run()),
				this.found.find(run.run().id()).orElse(VerifyProgress.NONE));
	}

	/**
	 * The backups that a run of {@code expire} deletes, in its order; empty when there is
	 * no such run.
	 */
	public Optional<List<PlannedExpiry>> expiry(long run) {
		return this.runs.find(run)
			.filter((found) -> found.identity().kind() == RunKind.EXPIRE)
			.map((found) -> this.expiries.backups(run));
	}

}
