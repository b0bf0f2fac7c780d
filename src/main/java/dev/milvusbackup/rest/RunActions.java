package dev.milvusbackup.rest;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.launch.Runs;

/**
 * Stops runs, and goes on with them. Thread-safe.
 */
public final class RunActions {

	private final Runs runs;

	private final RunLookUp lookUp;

	private final RunStarter starter;

	RunActions(Runs runs, RunStarter starter) {
		this.runs = runs;
		this.lookUp = runs.lookUp();
		this.starter = starter;
	}

	/**
	 * Tells a run, of this or another process, to stop with its next segment. Does not
	 * wait for that.
	 * @throws LaunchException when it does not run
	 */
	public RunDetail stop(long id) {
		if (find(id).phase() != RunPhase.RUNNING || !this.runs.stop(id)) {
			throw new LaunchException(ExitCode.USAGE, "unable to stop run '" + id + "': it is not running",
					"look at the run: it may just have ended, or just be beginning");
		}
		return find(id);
	}

	/**
	 * Goes on with a run that ended before it was complete.
	 * @throws LaunchException when there is nothing to go on with, or the run is not of
	 * this configuration
	 */
	public StartedRun restart(long id) {
		RunDetail run = find(id);
		if (!canRestart(run)) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to go on with run '" + id + "': "
							+ ((run.phase() == RunPhase.RUNNING) ? "it is running" : "there is nothing left to do"),
					null);
		}
		return this.starter.start((listener) -> this.runs.resume(id, listener));
	}

	/**
	 * Whether {@link #restart} could help.
	 */
	public static boolean canRestart(RunDetail run) {
		return run.phase() != RunPhase.RUNNING && run.phase() != RunPhase.COMPLETE && run.phase() != RunPhase.ABANDONED;
	}

	private RunDetail find(long id) {
		return this.lookUp.find(id)
			.orElseThrow(() -> new LaunchException(ExitCode.NOT_FOUND,
					"unable to find run '" + id + "': it is not in this job repository",
					"list the runs to see their ids"));
	}

}
