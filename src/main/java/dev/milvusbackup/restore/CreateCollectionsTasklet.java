package dev.milvusbackup.restore;

import java.util.List;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Creates the databases that are needed, then the collections.
 */
final class CreateCollectionsTasklet implements Tasklet {

	private final RestoreRun run;

	private final DescribedBackup backup;

	private final RestoreTargets targets;

	CreateCollectionsTasklet(RestoreRun run, DescribedBackup backup) {
		this.run = run;
		this.backup = backup;
		this.targets = run.targets();
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		new DatabaseCreator(this.run, this.backup).create();
		List<RestoreTarget> open = this.targets.open();
		new TargetLoop(this.targets, this.run.settings().collectionConcurrency()).each(open,
				contribution.getStepExecution(), new CollectionCreator(this.run, this.targets)::create);
		contribution.incrementWriteCount(open.size());
		return RepeatStatus.FINISHED;
	}

}
