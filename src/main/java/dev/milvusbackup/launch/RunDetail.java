package dev.milvusbackup.launch;

import java.time.Instant;
import java.util.List;

import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.StepStatus;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a run.
 *
 * @param execution id of its last job execution in the job repository, 0 before the first
 * @param status of its last job execution, {@code NONE} before the first
 * @param progress of a restore: of its imports as soon as they are planned
 * @param started when its first or only known execution began
 * @param ended null while it runs, or when its process died
 * @param restarts executions before the last one
 * @param message why it ended so, else empty
 * @param step the current or last one, empty before the first
 * @param notes what a person should know of it, however it ended; empty in a list
 * @param steps of the last execution
 * @param collections planned so far
 */
public record RunDetail(Run run, RunPhase phase, long execution, String status, CopyProgress progress, Instant started,
		@Nullable Instant ended, int restarts, String message, List<String> notes, String step, List<StepStatus> steps,
		List<CollectionDetail> collections) {

	public RunDetail {
		notes = List.copyOf(notes);
		steps = List.copyOf(steps);
		collections = List.copyOf(collections);
	}

	/**
	 * A collection of a run.
	 *
	 * @param progress of the imports into it; null for a backup, or when none is planned
	 * @param note what a person should know of it nevertheless, else empty
	 */
	public record CollectionDetail(PlannedCollection collection, @Nullable CopyProgress progress, String note) {
	}

}
