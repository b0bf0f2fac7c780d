package dev.milvusbackup.launch;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.launch.RunSummary.CollectionResult;
import dev.milvusbackup.launch.RunSummary.CollectionResult.Status;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunKind;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;

/**
 * Says how a run ended, from its ledger and its execution.
 *
 * @param progress at the end of the execution
 * @param rows in the result, as the source counted them for a backup, as the target did
 * for a restore
 */
record RunReport(Run run, List<PlannedCollection> planned, CopyProgress progress, long rows, Notes notes) {

	private static final String PARTIAL_HINT = "see the reasons of the collections that are missing;"
			+ " the same command tries only them again";

	/**
	 * An execution that ended.
	 * @param before the progress at its begin
	 */
	RunSummary summary(RunOutcome outcome, CopyProgress before) {
		ExitCode exitCode = exitCode(outcome);
		long reused = Math.min(before.objectsDone(), this.progress.objectsDone());
		return new RunSummary(action(), exitCode, this.run.backup(), this.run.id(), message(exitCode, outcome),
				hint(exitCode, outcome), this.notes.ofRun(), collections(), this.rows, this.progress.bytesDone(),
				this.progress.objectsDone() - reused, reused, outcome.seconds(), outcome.restarts());
	}

	/**
	 * A run that needs no work. One that was partial stays so: exit code 0 would hide
	 * what is missing.
	 */
	RunSummary alreadyComplete() {
		return new RunSummary(action(), isWhole() ? ExitCode.COMPLETE : ExitCode.PARTIAL, this.run.backup(),
				this.run.id(), action() + " " + this.run.backup() + " is already complete",
				isWhole() ? null : PARTIAL_HINT, this.notes.ofRun(), collections(), this.rows,
				this.progress.bytesDone(), 0, this.progress.objectsDone(), 0, 0);
	}

	private String action() {
		return (this.run.identity().kind() == RunKind.BACKUP) ? "backup" : "restore";
	}

	private List<CollectionResult> collections() {
		return PlannedCollection.byName(this.planned)
			.stream()
			.map((collection) -> new CollectionResult(collection.name(), switch (collection.state()) {
				case SKIPPED -> Status.SKIPPED;
				case FAILED -> Status.FAILED;
				default -> Status.OK;
			}, collection.reason(), this.notes.ofCollections().getOrDefault(collection.collectionId(), "")))
			.toList();
	}

	private boolean isWhole() {
		return collections().stream().allMatch((collection) -> collection.status() == Status.OK);
	}

	private ExitCode exitCode(RunOutcome outcome) {
		if (outcome.partial() || (outcome.status() == BatchStatus.COMPLETED && !isWhole())) {
			return ExitCode.PARTIAL;
		}
		return switch (outcome.status()) {
			case COMPLETED -> ExitCode.COMPLETE;
			case STOPPED -> ExitCode.STOPPED;
			default -> (outcome.failure() != null) ? ExitCodes.of(outcome.failure()) : ExitCode.FAILED;
		};
	}

	private String message(ExitCode exitCode, RunOutcome outcome) {
		String what = action() + " " + this.run.backup();
		return switch (exitCode) {
			case COMPLETE -> what + " is complete";
			case PARTIAL -> what + " is complete but for some collections";
			case STOPPED -> what + " was stopped";
			default -> (outcome.failure() != null) ? String.valueOf(outcome.failure().getMessage())
					: "unable to finish the " + what + ": its job ended as " + outcome.status();
		};
	}

	private @Nullable String hint(ExitCode exitCode, RunOutcome outcome) {
		if (outcome.failure() instanceof BackupException failure && failure.hint() != null) {
			return failure.hint();
		}
		return switch (exitCode) {
			case COMPLETE -> null;
			case PARTIAL -> PARTIAL_HINT;
			default -> "run the same command again to go on";
		};
	}

	/**
	 * What a person should know nevertheless.
	 *
	 * @param ofCollections by the collection's number in the plan
	 */
	record Notes(List<String> ofRun, Map<Long, String> ofCollections) {
	}

}
