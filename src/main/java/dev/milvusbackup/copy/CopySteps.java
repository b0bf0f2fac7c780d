package dev.milvusbackup.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.ledger.SegmentSize;
import dev.milvusbackup.storage.ObjectPrefix;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.support.SimpleStepExecutionSplitter;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The steps that copy the segments of a plan, for the backup and for the staging of a
 * restore. All of them can be executed again at any time: the ledger says what is left.
 * Close ends the transfer threads; a step that runs then fails.
 */
public final class CopySteps implements AutoCloseable {

	private static final long CLOSE_PATIENCE_SECONDS = 10;

	private final JobRepository jobRepository;

	private final CopyPlan plan;

	private final List<StepExecutionListener> listeners;

	private final ExecutorService transfers;

	public CopySteps(JobRepository jobRepository, CopyPlan plan, List<StepExecutionListener> listeners) {
		this.jobRepository = jobRepository;
		this.plan = plan;
		this.listeners = List.copyOf(listeners);
		CustomizableThreadFactory threads = new CustomizableThreadFactory("transfer-");
		threads.setDaemon(true);
		this.transfers = Executors.newFixedThreadPool(plan.concurrency().copies(), threads);
	}

	/**
	 * Deals the segments into slices.
	 */
	public Step partitionSegments(String name) {
		return tasklet(name, (contribution, chunk) -> {
			dealSlices(contribution);
			return RepeatStatus.FINISHED;
		});
	}

	/**
	 * Copies what is not done, slice by slice.
	 */
	public Step copySegments(String name) throws Exception {
		SimpleStepExecutionSplitter splitter = new SimpleStepExecutionSplitter(this.jobRepository, name,
				new SlicePartitioner(this.plan.ledger(), this.plan.run()));
		splitter.setAllowStartIfComplete(true);
		TaskExecutorPartitionHandler handler = new TaskExecutorPartitionHandler();
		SimpleAsyncTaskExecutor workers = new SimpleAsyncTaskExecutor("slice-");
		workers.setConcurrencyLimit(this.plan.concurrency().workers());
		handler.setTaskExecutor(workers);
		handler.setStep(new SliceStep(name, this.jobRepository, this.plan, this.transfers));
		StepBuilder builder = new StepBuilder(name, this.jobRepository).allowStartIfComplete(true);
		this.listeners.forEach(builder::listener);
		return builder.partitioner(name, new SlicePartitioner(this.plan.ledger(), this.plan.run()))
			.splitter(splitter)
			.partitionHandler(handler)
			.build();
	}

	/**
	 * Compares the copies with the ledger and sets back what differs.
	 * @param prefixes where the copies of a collection lie
	 */
	public Step verifyCopies(String name, LongFunction<List<ObjectPrefix>> prefixes) {
		SegmentVerifier verifier = new SegmentVerifier(this.plan);
		return tasklet(name, (contribution, chunk) -> {
			for (PlannedCollection collection : this.plan.ledger().collections(this.plan.run())) {
				if (collection.state() == PlannedCollection.State.PLANNED) {
					int setBack = verifier.verify(collection.collectionId(), prefixes.apply(collection.collectionId()));
					contribution.incrementWriteSkipCount(setBack);
				}
			}
			return RepeatStatus.FINISHED;
		});
	}

	/**
	 * Waits for the copies that are under way: none of them may come after whatever the
	 * caller does next to the target.
	 */
	@Override
	public void close() {
		this.transfers.shutdownNow();
		try {
			this.transfers.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void dealSlices(StepContribution contribution) {
		SegmentLedger ledger = this.plan.ledger();
		List<SegmentSize> segments = new ArrayList<>();
		try (Stream<SegmentSize> sizes = ledger.sizes(this.plan.run())) {
			sizes.forEach(segments::add);
		}
		contribution.incrementWriteCount(segments.size());
		int slices = SlicePlanner.slices(this.plan.concurrency().workers(), segments.size());
		ledger.assignSlices(this.plan.run(), SlicePlanner.deal(segments, slices));
	}

	private Step tasklet(String name, Tasklet tasklet) {
		StepBuilder builder = new StepBuilder(name, this.jobRepository).allowStartIfComplete(true);
		this.listeners.forEach(builder::listener);
		return builder.tasklet(tasklet).build();
	}

}
