package dev.milvusbackup.backup;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.SegmentLedger;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * Keeps an execution restartable that left collections out of the backup.
 */
final class PartialResult implements JobExecutionListener {

	private final SegmentLedger ledger;

	private final long run;

	PartialResult(SegmentLedger ledger, long run) {
		this.ledger = ledger;
		this.run = run;
	}

	@Override
	public void afterJob(JobExecution jobExecution) {
		boolean partial = PlannedCollection.byName(this.ledger.collections(this.run))
			.stream()
			.anyMatch((collection) -> collection.state() != PlannedCollection.State.PLANNED);
		if (jobExecution.getStatus() == BatchStatus.COMPLETED && partial) {
			jobExecution.setStatus(BatchStatus.FAILED);
			jobExecution
				.setExitStatus(new ExitStatus(BackupJobConfiguration.PARTIAL, "some collections were left out"));
		}
	}

}
