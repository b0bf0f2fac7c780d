package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Imports the segments of some orders, one order after the other. Each call is a short
 * round, so that the job repository hears of progress and a request to stop is heard. For
 * one execution.
 */
final class ImportTasklet implements Tasklet {

	private final RestoreRun run;

	private final ImportTimings timings;

	private final ImportKeys keys;

	private final Deque<Integer> orders;

	private @Nullable ImportPump pump;

	private long reported;

	ImportTasklet(RestoreRun run, ImportTimings timings, ImportKeys keys, List<Integer> orders) {
		this.run = run;
		this.timings = timings;
		this.keys = keys;
		this.orders = new ArrayDeque<>(orders);
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		if (this.pump == null) {
			Integer order = this.orders.poll();
			if (order == null) {
				return RepeatStatus.FINISHED;
			}
			this.pump = new ImportPump(this.run, order, this.timings, this.keys);
			this.reported = 0;
		}
		StepExecution stepExecution = contribution.getStepExecution();
		boolean more = this.pump.round(stepExecution::isTerminateOnly);
		contribution.incrementWriteCount(this.pump.finished() - this.reported);
		this.reported = this.pump.finished();
		if (!more) {
			this.pump = null;
		}
		else if (!stepExecution.isTerminateOnly()) {
			pause(this.timings.round());
		}
		return RepeatStatus.CONTINUABLE;
	}

	/**
	 * An interrupt ends the pause and stays set: the step looks at it.
	 */
	private static void pause(Duration duration) {
		LockSupport.parkNanos(duration.toNanos());
	}

}
