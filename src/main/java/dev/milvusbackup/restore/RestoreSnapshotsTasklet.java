package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.milvus.JobWatch;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Lets Milvus make the collections of their snapshots, several at once.
 */
final class RestoreSnapshotsTasklet implements Tasklet {

	private final RestoreRun run;

	private final ImportTimings timings;

	RestoreSnapshotsTasklet(RestoreRun run, ImportTimings timings) {
		this.run = run;
		this.timings = timings;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		StepExecution step = contribution.getStepExecution();
		RestoreTargets targets = this.run.targets();
		JobWatch watch = new JobWatch(
				new JobWatch.Timing(this.timings.firstPoll(), this.timings.longestPoll(), this.timings.noProgress()));
		SnapshotRestore restore = new SnapshotRestore(this.run, this.timings, watch, step::isTerminateOnly);
		List<RestoreTarget> open = targets.open();
		new TargetLoop(targets, this.run.settings().collectionConcurrency()).each(open, step, restore::execute);
		if (step.isTerminateOnly()) {
			throw new JobInterruptedException("stopped while Milvus restores snapshots");
		}
		contribution.incrementWriteCount(open.size());
		return RepeatStatus.FINISHED;
	}

}
