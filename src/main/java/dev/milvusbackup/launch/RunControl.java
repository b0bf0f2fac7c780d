package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.ledger.HeldLease;
import dev.milvusbackup.ledger.LaunchLock;
import dev.milvusbackup.ledger.LeaseAttempt;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunLease;
import dev.milvusbackup.ledger.StatusQuery;
import dev.milvusbackup.restore.RestoreJobConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.listener.StepExecutionListener;

/**
 * What Spring Batch does not have: one worker per run, recovery of what a killed process
 * left, and a launch that nobody else can do at the same time. Thread-safe.
 */
final class RunControl {

	private static final Logger logger = LoggerFactory.getLogger(RunControl.class);

	private static final Duration LAUNCH_PATIENCE = Duration.ofSeconds(30);

	private final RunLease leases;

	private final LaunchLock launches;

	private final CrashRecovery recovery;

	private final RunStopper stopper;

	private final StatusQuery status;

	private final JobOperator operator;

	private final List<StepExecutionListener> stepListeners;

	RunControl(Guards guards, StatusQuery status, JobOperator operator, List<StepExecutionListener> stepListeners) {
		this.leases = guards.leases();
		this.launches = guards.launches();
		this.recovery = guards.recovery();
		this.stopper = guards.stopper();
		this.status = status;
		this.operator = operator;
		this.stepListeners = List.copyOf(stepListeners);
	}

	/**
	 * Keeps a closing context open until the work has ended.
	 */
	<T> T during(RunStopper.Work<T, RuntimeException> work) {
		RunLog log = RunLog.open();
		try {
			return this.stopper.during(work);
		}
		finally {
			log.close();
		}
	}

	/**
	 * Takes the run for this process.
	 * @param object the lease beside the backup, null where there is none
	 * @throws LaunchException with exit code 5 when a live process has it
	 */
	HeldRun hold(RunIdentity identity, @Nullable LeaseObject object) {
		RunLog.mark("action", identity.kind().name().toLowerCase(Locale.ROOT));
		RunLog.mark("backup", identity.subject());
		return take(identity, object);
	}

	/**
	 * As {@link #hold}, by a run that is not the one of the identity.
	 */
	HeldRun take(RunIdentity identity, @Nullable LeaseObject object) {
		LeaseOwner owner = LeaseOwner.here();
		AtomicBoolean lost = new AtomicBoolean();
		LeaseAttempt attempt = this.leases.acquire(leaseKey(identity), owner, () -> lost.set(true));
		if (attempt instanceof LeaseAttempt.Taken taken) {
			throw running(identity, taken.by());
		}
		HeldLease lease = (HeldLease) attempt;
		try {
			Optional<LeaseOwner> other = (object != null) ? object.liveOwner() : Optional.empty();
			if (other.isPresent()) {
				throw running(identity, other.get());
			}
			return HeldRun.of(owner, lease, object, lost);
		}
		catch (RuntimeException ex) {
			lease.close();
			throw ex;
		}
	}

	/**
	 * The live process of this job repository that works on the run.
	 */
	Optional<LeaseOwner> worker(RunIdentity identity) {
		return this.leases.owner(leaseKey(identity));
	}

	/**
	 * Whether work should come to its end, as the context is closing.
	 */
	boolean isStopping() {
		return this.stopper.isStopping();
	}

	static String leaseKey(RunIdentity identity) {
		return identity.kind() + " " + identity.place() + " " + identity.subject();
	}

	/**
	 * Executes the job of a run, restarting it where an earlier execution left off.
	 * @throws LaunchException with exit code 5 when another process took the run over
	 * meanwhile
	 */
	RunOutcome execute(Run run, HeldRun held, JobSource source, ProgressListener listener) {
		RunLog.mark("backup", run.backup());
		RunLog.mark("run", run.id());
		long start = System.nanoTime();
		listener.started(run);
		int restarts = this.status.status(run.id()).map((found) -> found.executions()).orElse(0);
		logger.info("begun, after {} earlier executions", restarts);
		JobExecution execution = launch(run, held, source, listener);
		double seconds = (System.nanoTime() - start) / 1e9;
		logger.info("ended {} after {} s", execution.getStatus(), Math.round(seconds));
		if (held.isLost() && execution.getStatus() != BatchStatus.COMPLETED) {
			throw new LaunchException(ExitCode.RUNNING,
					"unable to go on with run '" + run.id() + "': its lease was lost to another process",
					"wait until that has ended; if there is none, run the same command again");
		}
		return new RunOutcome(execution.getStatus(),
				RestoreJobConfiguration.PARTIAL.equals(execution.getExitStatus().getExitCode()), failure(execution),
				restarts, seconds);
	}

	/**
	 * Tells an execution, of this or another process, to stop.
	 * @return whether it was still running
	 */
	boolean stop(long execution) {
		return this.stopper.requestStop(execution);
	}

	/**
	 * Records the end of executions whose process did not come to it.
	 */
	void recover(Run run) {
		this.recovery.recover(run.identity().kind().name().toLowerCase(Locale.ROOT), parameters(run));
	}

	private static JobParameters parameters(Run run) {
		return new JobParametersBuilder().addLong("run", run.id(), true)
			.addString("fingerprint", run.fingerprint(), false)
			.toJobParameters();
	}

	private JobExecution launch(Run run, HeldRun held, JobSource source, ProgressListener listener) {
		JobParameters parameters = parameters(run);
		LaunchLock.Launch launch = this.launches.acquire(Long.toString(run.id()), LAUNCH_PATIENCE);
		try (RunMonitor monitor = new RunMonitor(run.id(), this.status, held, listener)) {
			try (JobSource.Built built = source.build(this.stepListeners)) {
				AbstractJob job = (AbstractJob) built.job();
				this.recovery.recover(job.getName(), parameters);
				Optional<JobExecution> completed = this.recovery.completed(job.getName(), parameters);
				if (completed.isPresent()) {
					return completed.get();
				}
				job.registerJobExecutionListener(this.stopper);
				job.registerJobExecutionListener(monitor);
				job.registerJobExecutionListener(endOf(launch));
				return this.operator.start(job, parameters);
			}
		}
		catch (BackupException ex) {
			throw ex;
		}
		catch (JobExecutionException ex) {
			throw new LaunchException(ExitCode.FAILED, "unable to launch run '" + run.id() + "': " + ex.getMessage(),
					"run the same command again");
		}
		catch (Exception ex) {
			throw new IllegalStateException("unable to launch run '" + run.id() + "'", ex);
		}
		finally {
			launch.close();
		}
	}

	/**
	 * The lock is not needed any more once the execution is in the job repository.
	 */
	private static JobExecutionListener endOf(LaunchLock.Launch launch) {
		return new JobExecutionListener() {
			@Override
			public void beforeJob(JobExecution jobExecution) {
				launch.close();
			}
		};
	}

	/**
	 * The first error that is meant for an operator, else the first at all.
	 */
	private static @Nullable Throwable failure(JobExecution execution) {
		if (execution.getStatus() == BatchStatus.COMPLETED || execution.getStatus() == BatchStatus.STOPPED) {
			return null;
		}
		Throwable first = null;
		for (Throwable failure : execution.getAllFailureExceptions()) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (cause instanceof BackupException) {
					return cause;
				}
			}
			first = (first != null) ? first : failure;
		}
		return first;
	}

	private static LaunchException running(RunIdentity identity, LeaseOwner by) {
		return new LaunchException(ExitCode.RUNNING,
				"unable to run the " + identity.kind().name().toLowerCase(Locale.ROOT) + " '" + identity.subject()
						+ "': " + by + " is at it",
				"wait until it has ended, or stop it");
	}

	/**
	 * What keeps runs apart and repairs them.
	 */
	record Guards(RunLease leases, LaunchLock launches, CrashRecovery recovery, RunStopper stopper) {
	}

}
