package dev.milvusbackup.restore;

import dev.milvusbackup.ledger.PlannedCollection;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * Keeps an execution restartable that left something out.
 */
record PartialResult(RestoreTargets targets) implements JobExecutionListener {

	@Override
	public void afterJob(JobExecution jobExecution) {
		boolean partial = this.targets.all()
			.stream()
			.anyMatch((collection) -> collection.state() != PlannedCollection.State.PLANNED);
		if (jobExecution.getStatus() == BatchStatus.COMPLETED && partial) {
			jobExecution.setStatus(BatchStatus.FAILED);
			jobExecution
				.setExitStatus(new ExitStatus(RestoreJobConfiguration.PARTIAL, "some collections were left out"));
		}
	}

}
