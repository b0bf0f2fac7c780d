package dev.milvusbackup.backup;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.SegmentLedger;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.step.StepExecution;

/**
 * Sends the job around again while a collection has to be planned anew or a segment
 * copied again. One for each execution.
 */
final class CopiesCompleteDecider implements JobExecutionDecider {

	static final String AGAIN = "AGAIN";

	private static final int MOST_ROUNDS = 5;

	private final SegmentLedger ledger;

	private final long run;

	private int rounds;

	CopiesCompleteDecider(SegmentLedger ledger, long run) {
		this.ledger = ledger;
		this.run = run;
	}

	@Override
	public FlowExecutionStatus decide(JobExecution jobExecution, @Nullable StepExecution stepExecution) {
		CopyProgress progress = this.ledger.progress(this.run);
		boolean planned = this.ledger.collections(this.run)
			.stream()
			.noneMatch((collection) -> collection.state() == PlannedCollection.State.DESCRIBED);
		if (planned && progress.segmentsDone() == progress.segments()) {
			return FlowExecutionStatus.COMPLETED;
		}
		this.rounds++;
		if (this.rounds == MOST_ROUNDS) {
			throw new SourceException(Kind.SOURCE,
					"unable to back up run '" + this.run + "': its source changed " + MOST_ROUNDS
							+ " times under the copy",
					"run the same command again when fewer compactions run, with garbage collection paused");
		}
		return new FlowExecutionStatus(AGAIN);
	}

}
