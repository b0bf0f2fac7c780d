package dev.milvusbackup.launch;

import dev.milvusbackup.ledger.LedgerException;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.ledger.StatusQuery;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * The operations of Spring Batch's {@code CommandLineJobOperator} on executions, with
 * what that has not: a look at who is alive, the lease of the run, and one launch at a
 * time. An execution that is not known ends each with exit code 8. Thread-safe.
 */
public final class JobOperations {

	private final JobRepository repository;

	private final JobOperator operator;

	private final RunLedger runs;

	private final StatusQuery status;

	private final RunLookUp lookUp;

	private final RunControl control;

	JobOperations(JobRepository repository, JobOperator operator, RunLedger runs, StatusQuery status, RunLookUp lookUp,
			RunControl control) {
		this.repository = repository;
		this.operator = operator;
		this.runs = runs;
		this.status = status;
		this.lookUp = lookUp;
		this.control = control;
	}

	/**
	 * The run that an execution belongs to, as it stands.
	 * @param execution its id in the job repository
	 * @param verb for the message of an error
	 */
	public RunDetail find(long execution, String verb) {
		return this.status.run(execution)
			.flatMap(this.lookUp::find)
			.orElseThrow(() -> new LaunchException(ExitCode.NOT_FOUND,
					"unable to " + verb + " execution '" + execution + "': it is not in this job repository",
					"status shows the runs and their last executions"));
	}

	/**
	 * Tells a running execution, of whatever process, to stop with its next segment. Does
	 * not wait for that.
	 * @throws LaunchException with exit code 2 when it does not run
	 */
	public RunDetail stop(long execution) {
		RunDetail run = find(execution, "stop");
		boolean runs = run.phase() == RunPhase.RUNNING && run.execution() == execution;
		if (!runs || !this.control.stop(execution)) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to stop execution '" + execution + "': it is not running, its run is " + name(run),
					(run.phase() == RunPhase.INTERRUPTED) ? "its process has died: recover it, or start the job again"
							: "there is nothing to stop");
		}
		return find(execution, "stop");
	}

	/**
	 * Records the end of executions of the run whose process died. Idempotent: nothing
	 * happens when they ended properly. Starting the job does so by itself.
	 * @throws LaunchException with exit code 5 when a live process works on the run
	 */
	public RunDetail recover(long execution) {
		RunDetail run = find(execution, "recover");
		return this.control.during(() -> {
			try (HeldRun held = this.control.hold(run.run().identity(), null)) {
				requireHeld(held, run);
				this.control.recover(run.run());
			}
			return find(execution, "recover");
		});
	}

	/**
	 * Gives up on an unfinished run for good: it is not gone on with any more.
	 * @throws LaunchException with exit code 5 when a live process works on the run, 2
	 * when it is finished or the execution is not its last
	 */
	public RunDetail abandon(long execution) {
		RunDetail run = find(execution, "abandon");
		return this.control.during(() -> {
			try (HeldRun held = this.control.hold(run.run().identity(), null)) {
				requireHeld(held, run);
				this.control.recover(run.run());
				abandon(execution, find(execution, "abandon"));
			}
			return find(execution, "abandon");
		});
	}

	private void abandon(long execution, RunDetail run) {
		if (run.execution() != execution) {
			throw unable(execution, "a later one of its run is " + run.execution(), "abandon that one");
		}
		if (run.run().state() == RunState.ABANDONED) {
			return;
		}
		if (run.run().state() != RunState.OPEN) {
			throw unable(execution, "its run is " + name(run), "there is nothing to go on with");
		}
		JobExecution stored = this.repository.getJobExecution(execution);
		if (stored == null) {
			throw new LedgerException("unable to abandon execution '" + execution + "': it is gone", "try again", null);
		}
		try {
			this.operator.abandon(stored);
		}
		catch (JobExecutionAlreadyRunningException ex) {
			throw unable(execution, "its job is " + stored.getStatus(), "start the job again: it finds its end");
		}
		this.runs.update(run.run().id(), RunState.ABANDONED, "abandoned on request");
	}

	private static LaunchException unable(long execution, String cause, String hint) {
		return new LaunchException(ExitCode.USAGE, "unable to abandon execution '" + execution + "': " + cause, hint);
	}

	private static void requireHeld(HeldRun held, RunDetail run) {
		if (held.isLost()) {
			throw new LedgerException("unable to work on run '" + run.run().id() + "': its lease was lost", "try again",
					null);
		}
	}

	private static String name(RunDetail run) {
		return run.phase().name().toLowerCase(java.util.Locale.ROOT);
	}

}
