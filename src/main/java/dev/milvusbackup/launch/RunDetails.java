package dev.milvusbackup.launch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.launch.RunDetail.CollectionDetail;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.ImportQueue;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.RestoreTargetLedger;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLease;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.ledger.RunStatus;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.ledger.StatusQuery;
import dev.milvusbackup.ledger.StepStatus;
import dev.milvusbackup.ledger.TargetProgress;
import dev.milvusbackup.restore.RestoreJobConfiguration;

/**
 * Puts together what is known of a run: its ledger, its executions, and whether it lives.
 * Thread-safe.
 */
final class RunDetails {

	private static final int MOST_COLLECTIONS = 10_000;

	private final StatusQuery status;

	private final SegmentLedger segments;

	private final ImportQueue imports;

	private final RestoreTargetLedger targets;

	private final RunLease leases;

	RunDetails(LedgerDatabase database, RunLease leases) {
		this.status = new StatusQuery(database);
		this.segments = new SegmentLedger(database);
		this.imports = new ImportQueue(database);
		this.targets = new RestoreTargetLedger(database);
		this.leases = leases;
	}

	/**
	 * With steps, collections and notes.
	 */
	RunDetail whole(RunStatus found) {
		long run = found.run().id();
		List<StepStatus> steps = (found.last() != null) ? this.status.steps(found.last().id()) : List.of();
		return detail(found, steps, collections(found.run()), this.segments.notes().notes(run));
	}

	/**
	 * For a list of runs.
	 */
	RunDetail brief(RunStatus found) {
		return detail(found, List.of(), List.of(), List.of());
	}

	private List<CollectionDetail> collections(Run run) {
		boolean restore = run.identity().kind() == RunKind.RESTORE;
		Map<String, CopyProgress> progress = restore ? this.imports.progressByCollection(run.id()) : Map.of();
		Map<Long, TargetProgress> targets = restore ? this.targets.targets(run.id()) : Map.of();
		return PlannedCollection.byName(this.segments.collections(run.id()))
			.stream()
			.limit(MOST_COLLECTIONS)
			.map((collection) -> new CollectionDetail(collection, progress.get(collection.name()),
					targets.getOrDefault(collection.collectionId(), TargetProgress.NONE).note()))
			.toList();
	}

	private RunDetail detail(RunStatus read, List<StepStatus> steps, List<CollectionDetail> collections,
			List<String> notes) {
		Run run = read.run();
		boolean complete = run.state() == RunState.COMPLETE;
		boolean live = !complete && this.leases.owner(RunControl.leaseKey(run.identity())).isPresent();
		// A run that ended between the two looks gave back its lease after it had
		// recorded its end: what was read before would take it for interrupted.
		RunStatus found = (live || complete) ? read : this.status.status(run.id()).orElse(read);
		RunPhase phase = RunPhase.of(found, live, RestoreJobConfiguration.PARTIAL);
		RunStatus.Execution last = found.last();
		Instant started = (last != null && last.started() != null) ? last.started() : run.created();
		Instant ended = (last == null || phase == RunPhase.RUNNING) ? null : last.ended();
		return new RunDetail(found.run(), phase, (last != null) ? last.id() : 0,
				(last != null) ? last.status() : "NONE", found.progress(), started, ended,
				Math.max(0, found.executions() - 1), message(found, phase), notes,
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
