package dev.milvusbackup.launch;

import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.ledger.RunStatus;

/**
 * Where a run stands, as a person would say it.
 */
public enum RunPhase {

	/** A live process works on it. */
	RUNNING,
	/** Everything is in it. */
	COMPLETE,
	/** A verification that came to its end and found damage. */
	DAMAGED,
	/** Ended, but some collections are missing; the same request repairs them. */
	PARTIAL,
	/** Ended with an error; the same request goes on. */
	FAILED,
	/** Stopped on request; the same request goes on. */
	STOPPED,
	/** Its process died; the same request goes on. */
	INTERRUPTED,
	/** Given up on: no request goes on with it. */
	ABANDONED;

	/**
	 * @param partial what the exit code of a job execution is that left collections out
	 */
	static RunPhase of(RunStatus status, boolean live, String partial) {
		RunState state = status.run().state();
		if (state == RunState.COMPLETE) {
			return COMPLETE;
		}
		if (state == RunState.DAMAGED) {
			return DAMAGED;
		}
		if (state == RunState.ABANDONED) {
			return ABANDONED;
		}
		if (live) {
			return RUNNING;
		}
		RunStatus.Execution last = status.last();
		if (state == RunState.PARTIAL || (last != null && partial.equals(last.exitCode()))) {
			return PARTIAL;
		}
		return switch ((last != null) ? last.status() : "") {
			case "FAILED" -> FAILED;
			case "STOPPED" -> STOPPED;
			default -> INTERRUPTED;
		};
	}

}
