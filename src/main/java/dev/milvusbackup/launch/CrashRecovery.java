package dev.milvusbackup.launch;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.ledger.LedgerException;
import dev.milvusbackup.ledger.StatusQuery;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Repairs what a killed process left of a job instance in the job repository, so that the
 * instance can be launched again. The caller holds the lease of the run: nobody else may
 * still be working on it, as Spring Batch itself does not check that.
 */
public final class CrashRecovery {

	private static final ExitStatus CRASHED = ExitStatus.FAILED.addExitDescription("its process ended without a word");

	private final JobRepository repository;

	private final JobOperator operator;

	private final StatusQuery status;

	CrashRecovery(JobRepository repository, JobOperator operator, StatusQuery status) {
		this.repository = repository;
		this.operator = operator;
		this.status = status;
	}

	/**
	 * Idempotent; does nothing for an instance that does not exist or ended properly.
	 * @return ids of the executions that were repaired
	 * @throws LedgerException when the job repository is not usable
	 */
	public List<Long> recover(String jobName, JobParameters parameters) {
		JobInstance instance = this.repository.getJobInstance(jobName, parameters);
		if (instance == null) {
			return List.of();
		}
		if (this.status.executions(instance.getId()).isEmpty()) {
			// Left by a kill between two statements of a first launch; no launch would
			// work.
			this.repository.deleteJobInstance(instance);
			return List.of();
		}
		List<Long> unfinished = this.status.unfinishedExecutions(instance.getId());
		unfinished.forEach(this::repair);
		return unfinished;
	}

	/**
	 * The execution that completed the job instance, if there is one. Its process may
	 * have died before the run was marked as complete.
	 */
	Optional<JobExecution> completed(String jobName, JobParameters parameters) {
		return Optional.ofNullable(this.repository.getLastJobExecution(jobName, parameters))
			.filter((execution) -> execution.getStatus() == BatchStatus.COMPLETED);
	}

	private void repair(long executionId) {
		JobExecution execution = this.repository.getJobExecution(executionId);
		if (execution == null) {
			throw new LedgerException("unable to recover job execution '" + executionId + "': it is gone", "try again",
					null);
		}
		if (execution.getStatus() != BatchStatus.UNKNOWN) {
			this.operator.recover(execution);
		}
		// What recover leaves alone: everything that is UNKNOWN.
		execution.getStepExecutions().stream().filter(step -> isUnfinished(step.getStatus())).forEach(this::fail);
		if (execution.getStatus() != BatchStatus.FAILED) {
			execution.setStatus(BatchStatus.FAILED);
			execution.setExitStatus(CRASHED);
			execution.setEndTime(LocalDateTime.now());
			this.repository.update(execution);
		}
	}

	private void fail(StepExecution step) {
		step.setStatus(BatchStatus.FAILED);
		step.setExitStatus(CRASHED);
		step.setEndTime(LocalDateTime.now());
		this.repository.update(step);
	}

	private static boolean isUnfinished(BatchStatus status) {
		return status.isRunning() || status == BatchStatus.UNKNOWN;
	}

}
