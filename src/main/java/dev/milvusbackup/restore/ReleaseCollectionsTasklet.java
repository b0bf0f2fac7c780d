package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.List;

import dev.milvusbackup.milvus.MilvusSchema.LoadOptions;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Hands the verified collections over to their users, as far as asked: loads what was
 * loaded, counts the rows of what is loaded, and moves the aliases. Executed again, it
 * does nothing to those that are as wanted.
 */
final class ReleaseCollectionsTasklet implements Tasklet {

	private final RestoreRun run;

	private final RestoreTargets targets;

	private final Wishes wishes;

	private final Loading loading;

	private final QueryCheck rows;

	private final DamagedTargets damaged;

	/**
	 * @param pause between two questions whether a collection is loaded
	 */
	ReleaseCollectionsTasklet(RestoreRun run, QueryCheck rows, Duration pause) {
		this.run = run;
		this.targets = run.targets();
		this.wishes = run.request().details().wishes();
		this.loading = new Loading(run, pause);
		this.rows = rows;
		this.damaged = new DamagedTargets(this.targets);
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		StepExecution step = contribution.getStepExecution();
		List<RestoreTarget> open = this.targets.open();
		new TargetLoop(this.targets, this.run.settings().collectionConcurrency()).each(open, step,
				(target) -> release(target, step));
		contribution.incrementWriteCount(open.size());
		this.damaged.requireNone();
		return RepeatStatus.FINISHED;
	}

	private void release(RestoreTarget target, StepExecution step) {
		if (!load(target, step)) {
			return;
		}
		if (this.wishes.moveAliases()) {
			target.collection()
				.aliases()
				.forEach((alias) -> this.run.milvus().schema().moveAlias(target.name(), alias));
		}
	}

	/**
	 * @return whether nothing is wrong with it
	 */
	private boolean load(RestoreTarget target, StepExecution step) {
		if (LoadPlan.isWanted(target.collection(), this.wishes.load())) {
			LoadOptions options = LoadPlan.of(target.collection(), this.wishes.load());
			Collection loaded = this.loading.load(target.name(), options, step);
			return isLoadedAsAsked(target, options, loaded) && isWhole(target, options.partitions(), step);
		}
		if (!target.createdByRun()) {
			return this.run.request().options().metaOnly() || countWhatIsLoaded(target, step);
		}
		return !this.wishes.count() || countUnloaded(target, step);
	}

	private boolean isLoadedAsAsked(RestoreTarget target, LoadOptions options, Collection loaded) {
		int replicas = loaded.replicas().number();
		if (options.replicas() > 0 && replicas > 0 && replicas != options.replicas()) {
			this.targets.fail(target, "loaded with " + replicas + " replicas instead of " + options.replicas());
			return false;
		}
		if (LoadPlan.isGuessed(target.collection())) {
			this.targets.note(target, "all partitions are loaded: the backup does not tell which were");
		}
		return true;
	}

	private boolean countWhatIsLoaded(RestoreTarget target, StepExecution step) {
		Collection there = this.run.milvus().catalog().describe(target.name());
		List<String> loaded = there.partitions()
			.stream()
			.filter((partition) -> partition.loadState() == LoadState.LOADED)
			.map(Partition::name)
			.toList();
		if (!loaded.isEmpty()) {
			return isWhole(target, (loaded.size() == there.partitions().size()) ? List.of() : loaded, step);
		}
		if (this.wishes.count()) {
			this.targets.note(target, "rows were not counted by a query: the collection existed before, unloaded");
		}
		return true;
	}

	/** Afterwards it is unloaded again, whatever came of it. */
	private boolean countUnloaded(RestoreTarget target, StepExecution step) {
		if (!LoadPlan.isLoadable(target.collection())) {
			this.targets.note(target,
					"rows were not counted by a query: Milvus loads nothing whose vectors have no index");
			return true;
		}
		this.loading.load(target.name(), LoadPlan.ANYWHERE, step);
		try {
			return isWhole(target, List.of(), step);
		}
		finally {
			this.run.milvus().schema().release(target.name());
		}
	}

	private boolean isWhole(RestoreTarget target, List<String> partitions, StepExecution step) {
		RowCheck.Result result = this.rows.check(target, partitions, step);
		if (!result.note().isEmpty()) {
			this.targets.note(target, result.note());
		}
		if (!result.problem().isEmpty()) {
			this.damaged.add(target, List.of(result.problem()));
		}
		return result.problem().isEmpty();
	}

}
