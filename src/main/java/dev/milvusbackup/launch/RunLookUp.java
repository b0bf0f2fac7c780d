package dev.milvusbackup.launch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.launch.RunDetail.CollectionDetail;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.ExpiryLedger;
import dev.milvusbackup.ledger.ImportQueue;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedExpiry;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLease;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.ledger.RunStatus;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.ledger.StatusQuery;
import dev.milvusbackup.ledger.StepStatus;
import dev.milvusbackup.ledger.VerificationLedger;
import dev.milvusbackup.ledger.VerifyLedger;
import dev.milvusbackup.ledger.VerifyProgress;
import dev.milvusbackup.restore.RestoreJobConfiguration;

/**
 * Finds runs of this and other processes that use the job repository, by id, by backup or
 * by the name that a client gave them. Thread-safe. Every method throws
 * {@link dev.milvusbackup.ledger.LedgerException} when the database cannot be read.
 */
public final class RunLookUp {

	private static final int MOST_COLLECTIONS = 10_000;

	private final RunLedger runs;

	private final StatusQuery status;

	private final SegmentLedger segments;

	private final ImportQueue imports;

	private final RunLease leases;

	private final VerificationLedger verifications;

	private final ExpiryLedger expiries;

	private final VerifyLedger found;

	RunLookUp(LedgerDatabase database, RunLease leases) {
		this.runs = new RunLedger(database);
		this.status = new StatusQuery(database);
		this.segments = new SegmentLedger(database);
		this.imports = new ImportQueue(database);
		this.leases = leases;
		this.verifications = new VerificationLedger(database);
		this.expiries = new ExpiryLedger(database);
		this.found = new VerifyLedger(database);
	}

	public Optional<RunDetail> find(long run) {
		return this.status.status(run).map(this::detail);
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
		return this.status.recent(limit).stream().map((found) -> detail(found, List.of(), List.of())).toList();
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

	private RunDetail detail(RunStatus found) {
		long run = found.run().id();
		List<StepStatus> steps = (found.last() != null) ? this.status.steps(found.last().id()) : List.of();
		Map<String, CopyProgress> progress = (found.run().identity().kind() == RunKind.RESTORE)
				? this.imports.progressByCollection(run) : Map.of();
		List<CollectionDetail> collections = PlannedCollection.byName(this.segments.collections(run))
			.stream()
			.limit(MOST_COLLECTIONS)
			.map((collection) -> new CollectionDetail(collection, progress.get(collection.name())))
			.toList();
		return detail(found, steps, collections);
	}

	private RunDetail detail(RunStatus read, List<StepStatus> steps, List<CollectionDetail> collections) {
		Run run = read.run();
		boolean complete = run.state() == RunState.COMPLETE;
		boolean live = !complete && this.leases.owner(RunControl.leaseKey(run.identity())).isPresent();
		// A run that ended between the two looks gave back its lease after it had
		// recorded
		// its end: what was read before would take it for interrupted.
		RunStatus found = (live || complete) ? read : this.status.status(run.id()).orElse(read);
		RunPhase phase = RunPhase.of(found, live, RestoreJobConfiguration.PARTIAL);
		RunStatus.Execution last = found.last();
		Instant started = (last != null && last.started() != null) ? last.started() : run.created();
		Instant ended = (last == null || phase == RunPhase.RUNNING) ? null : last.ended();
		return new RunDetail(found.run(), phase, (last != null) ? last.id() : 0,
				(last != null) ? last.status() : "NONE", found.progress(), started, ended,
				Math.max(0, found.executions() - 1), message(found, phase),
				(last != null && last.step() != null) ? last.step() : "", steps, collections);
	}

	private static String message(RunStatus found, RunPhase phase) {
		return switch (phase) {
			case RUNNING, COMPLETE -> "";
			case INTERRUPTED -> "the process that ran it has ended before it was done; the same request goes on";
			case DAMAGED, PARTIAL, FAILED, STOPPED, ABANDONED -> {
				RunStatus.Execution last = found.last();
				boolean summarised = !found.run().summary().isEmpty();
				yield summarised ? found.run().summary() : (last != null) ? last.message() : "";
			}
		};
	}

}
