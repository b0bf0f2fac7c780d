package dev.milvusbackup.copy;

import java.util.concurrent.ExecutorService;

import dev.milvusbackup.ledger.PlannedSegment;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;

/**
 * Copies one slice: a chunk-oriented step of its own for each execution, so that slices
 * that run at once share nothing. It keeps Spring Batch's resourceless transactions: a
 * JDBC transaction would hold a connection while bytes move.
 */
final class SliceStep implements Step {

	private final String name;

	private final JobRepository jobRepository;

	private final CopyPlan plan;

	private final ExecutorService transfers;

	SliceStep(String name, JobRepository jobRepository, CopyPlan plan, ExecutorService transfers) {
		this.name = name;
		this.jobRepository = jobRepository;
		this.plan = plan;
		this.transfers = transfers;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public void execute(StepExecution stepExecution) throws JobInterruptedException {
		int slice = stepExecution.getExecutionContext().getInt(SlicePartitioner.SLICE);
		int segments = this.plan.concurrency().segmentsPerWorker();
		new StepBuilder(this.name, this.jobRepository).<PlannedSegment, SegmentCopy>chunk(segments)
			.reader(new SegmentReader(this.plan.ledger(), this.plan.run(), slice))
			.processor(new SegmentCopier(this.plan, this.transfers))
			.writer(new SegmentLedgerWriter(this.plan, stepExecution))
			.build()
			.execute(stepExecution);
	}

}
