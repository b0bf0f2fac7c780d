package dev.milvusbackup.rest.v1;

import java.time.Instant;

import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.ledger.CopyProgress;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of the API have in common (behaviour.md B.4, B.6, B.10).
 *
 * @param code 1 running, 2 success, 3 failed
 * @param error empty for none
 * @param started seconds, 0 for unknown
 * @param ended seconds, {@link #NOT_ENDED} while running
 * @param progress 0 to 100
 */
record TaskState(int code, String error, long started, long ended, int progress) {

	static final int RUNNING = 1;

	static final int SUCCESS = 2;

	static final int FAILED = 3;

	/** Go's zero time. */
	static final long NOT_ENDED = -62135596800L;

	private static final int BEGUN = 1;

	private static final int PLANNED = 5;

	private static final int DONE = 100;

	/** What is left for verifying and describing. */
	private static final int SHARE_OF_DATA = 90;

	/**
	 * A run that left collections out has failed for a client that only looks at the
	 * code.
	 */
	static TaskState of(RunDetail run) {
		return of(run, run.phase(), run.message(), run.progress());
	}

	static TaskState of(RunDetail run, RunPhase phase, String message, @Nullable CopyProgress progress) {
		long started = seconds(run.started());
		long ended = (run.ended() != null) ? seconds(run.ended()) : seconds(run.run().updated());
		return switch (phase) {
			case RUNNING -> new TaskState(RUNNING, "", started, NOT_ENDED, percent(run, progress));
			case COMPLETE -> new TaskState(SUCCESS, "", started, ended, DONE);
			case DAMAGED, PARTIAL, FAILED, STOPPED, INTERRUPTED, ABANDONED ->
				new TaskState(FAILED, message.isEmpty() ? "failed" : message, started, ended, 0);
		};
	}

	/** A task that no run is known of. */
	static TaskState unknown(int code, String error) {
		return new TaskState(code, error, 0, (code == RUNNING) ? NOT_ENDED : 0, switch (code) {
			case SUCCESS -> DONE;
			case RUNNING -> BEGUN;
			default -> 0;
		});
	}

	GoObject object(String id) {
		return new GoObject().put("id", id)
			.always("state_code", this.code)
			.put("errorMessage", this.error)
			.put("start_time", this.started)
			.put("end_time", this.ended)
			.always("progress", this.progress);
	}

	private static int percent(RunDetail run, @Nullable CopyProgress progress) {
		if (run.step().isEmpty()) {
			return BEGUN;
		}
		return PLANNED + ((progress != null) ? Math.min(SHARE_OF_DATA, SHARE_OF_DATA * progress.percent() / DONE) : 0);
	}

	private static long seconds(Instant instant) {
		return instant.getEpochSecond();
	}

}
