package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.ledger.LaunchLock;
import dev.milvusbackup.ledger.Run;
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
 * Executes the jobs of runs that this process holds: repairs first what a killed process
 * left, and launches when nobody else does so at the same time. Thread-safe.
 */
final class RunExecutor {

	private static final Logger logger = LoggerFactory.getLogger(RunExecutor.class);

	private static final Duration LAUNCH_PATIENCE = Duration.ofSeconds(30);

	private final LaunchLock launches;

	private final CrashRecovery recovery;

	private final RunStopper stopper;

	private final StatusQuery status;

	private final JobOperator operator;

	private final List<StepExecutionListener> stepListeners;

	RunExecutor(RunControl.Guards guards, StatusQuery status, JobOperator operator,
			List<StepExecutionListener> stepListeners) {
		this.launches = guards.launches();
		this.recovery = guards.recovery();
		this.stopper = guards.stopper();
		this.status = status;
		this.operator = operator;
		this.stepListeners = List.copyOf(stepListeners);
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

}
