package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.milvus.MilvusSchema;
import dev.milvusbackup.model.Index;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Drops and creates indexes as asked. Executed again, it leaves those alone that are as
 * wanted.
 */
final class RestoreIndexesTasklet implements Tasklet {

	private final RestoreRun run;

	private final RestoreTargets targets;

	private final RestorePlanRequest.Options options;

	RestoreIndexesTasklet(RestoreRun run) {
		this.run = run;
		this.targets = run.targets();
		this.options = run.request().options();
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		if (this.options.rebuildIndex() || this.options.dropExistIndex()) {
			List<RestoreTarget> open = this.targets.open();
			new TargetLoop(this.targets, this.run.settings().collectionConcurrency()).each(open,
					contribution.getStepExecution(), this::restore);
			contribution.incrementWriteCount(open.size());
		}
		return RepeatStatus.FINISHED;
	}

	private void restore(RestoreTarget target) {
		MilvusSchema schema = this.run.milvus().schema();
		List<Index> wanted = this.options.rebuildIndex()
				? IndexPlan.of(target.collection(), this.options.useAutoIndex()) : List.of();
		if (this.options.dropExistIndex()) {
			schema.indexes(target.name())
				.stream()
				.filter((there) -> wanted.stream().noneMatch((index) -> IndexPlan.isSame(index, there)))
				.forEach((there) -> schema.dropIndex(target.name(), there));
		}
		wanted.forEach((index) -> schema.createIndex(target.name(), index));
	}

}
