package dev.milvusbackup.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A run as {@code status} shows it.
 *
 * @param executions how often it was launched, restarts included
 * @param last the newest execution, null before the first
 */
public record RunStatus(Run run, CopyProgress progress, int executions, @Nullable Execution last) {

	/**
	 * One launch of a run.
	 *
	 * @param status as Spring Batch names it; STARTED also after a crash
	 * @param step the newest step, slices left out; null before the first
	 * @param started null before it began
	 * @param ended null before it ended
	 * @param exitCode as Spring Batch has it
	 * @param message why it ended so, else empty
	 */
	public record Execution(long id, String status, @Nullable String step, @Nullable Instant started,
			@Nullable Instant ended, String exitCode, String message) {
	}

}
