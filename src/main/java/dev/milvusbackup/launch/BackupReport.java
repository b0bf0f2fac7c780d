package dev.milvusbackup.launch;

import java.util.List;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.launch.RunSummary.CollectionResult;
import dev.milvusbackup.launch.RunSummary.CollectionResult.Status;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.ledger.SegmentLedger;
import org.springframework.batch.core.BatchStatus;

/**
 * Says how a backup run ended, from its ledger and its execution.
 */
final class BackupReport {

	private static final String ACTION = "backup";

	private final Run run;

	private final SegmentLedger segments;

	private final CopyProgress before;

	/**
	 * Takes the progress at the begin of the execution.
	 */
	BackupReport(Run run, SegmentLedger segments, CopyProgress before) {
		this.run = run;
		this.segments = segments;
		this.before = before;
	}

	RunSummary summary(RunOutcome outcome) {
		List<CollectionResult> collections = collections(this.segments.collections(this.run.id()));
		CopyProgress after = this.segments.progress(this.run.id());
		ExitCode exitCode = exitCode(outcome, collections);
		return new RunSummary(ACTION, exitCode, this.run.backup(), this.run.id(), message(exitCode, outcome),
				hint(exitCode, outcome), collections, after.rows(), after.bytesDone(),
				Math.max(0, after.objectsDone() - this.before.objectsDone()), this.before.objectsDone(),
				outcome.seconds(), outcome.restarts());
	}

	/**
	 * A run that needs no work; exit code 0 even where the run was partial would hide
	 * what is missing, so that stays partial.
	 */
	static RunSummary alreadyComplete(Run run, SegmentLedger segments) {
		List<CollectionResult> collections = collections(segments.collections(run.id()));
		CopyProgress progress = segments.progress(run.id());
		ExitCode exitCode = (run.state() == RunState.PARTIAL) ? ExitCode.PARTIAL : ExitCode.COMPLETE;
		return new RunSummary(ACTION, exitCode, run.backup(), run.id(),
				"backup " + run.backup() + " is already complete",
				(exitCode == ExitCode.PARTIAL) ? partialHint() : null, collections, progress.rows(),
				progress.bytesDone(), 0, progress.objectsDone(), 0, 0);
	}

	/**
	 * The state that the run has after an execution with this summary.
	 */
	static RunState state(RunSummary summary) {
		return switch (summary.exitCode()) {
			case COMPLETE -> RunState.COMPLETE;
			case PARTIAL -> RunState.PARTIAL;
			default -> RunState.OPEN;
		};
	}

	private static List<CollectionResult> collections(List<PlannedCollection> planned) {
		return planned.stream()
			.map((collection) -> new CollectionResult(collection.name(), switch (collection.state()) {
				case SKIPPED -> Status.SKIPPED;
				case FAILED -> Status.FAILED;
				default -> Status.OK;
			}, collection.reason()))
			.toList();
	}

	private static ExitCode exitCode(RunOutcome outcome, List<CollectionResult> collections) {
		if (outcome.status() == BatchStatus.COMPLETED) {
			boolean whole = collections.stream().allMatch((collection) -> collection.status() == Status.OK);
			return whole ? ExitCode.COMPLETE : ExitCode.PARTIAL;
		}
		if (outcome.status() == BatchStatus.STOPPED) {
			return ExitCode.STOPPED;
		}
		return (outcome.failure() != null) ? ExitCodes.of(outcome.failure()) : ExitCode.FAILED;
	}

	private String message(ExitCode exitCode, RunOutcome outcome) {
		return switch (exitCode) {
			case COMPLETE -> "create backup success";
			case PARTIAL -> "backup " + this.run.backup() + " is complete but for some collections";
			case STOPPED -> "backup " + this.run.backup() + " was stopped";
			default -> (outcome.failure() != null) ? String.valueOf(outcome.failure().getMessage())
					: "unable to create backup '" + this.run.backup() + "': the job ended as " + outcome.status();
		};
	}

	private static String hint(ExitCode exitCode, RunOutcome outcome) {
		if (outcome.failure() instanceof BackupException failure && failure.hint() != null) {
			return failure.hint();
		}
		return switch (exitCode) {
			case COMPLETE -> null;
			case PARTIAL -> partialHint();
			default -> "run the same command again to go on";
		};
	}

	private static String partialHint() {
		return "see the collections that were skipped; they are not in the backup";
	}

}
