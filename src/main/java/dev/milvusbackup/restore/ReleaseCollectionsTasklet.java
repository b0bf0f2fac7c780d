package dev.milvusbackup.restore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusSchema.LoadOptions;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Hands the verified collections over to their users, as far as asked: loads what was
 * loaded, and moves the aliases. Executed again, it does nothing to those that are as
 * wanted.
 */
final class ReleaseCollectionsTasklet implements Tasklet {

	private final RestoreRun run;

	private final RestoreTargets targets;

	private final Wishes wishes;

	private final Duration pause;

	private final InstantSource clock = InstantSource.system();

	/**
	 * @param pause between two questions whether a collection is loaded
	 */
	ReleaseCollectionsTasklet(RestoreRun run, Duration pause) {
		this.run = run;
		this.targets = run.targets();
		this.wishes = run.request().details().wishes();
		this.pause = pause;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		if (this.wishes.load() != Load.NO || this.wishes.moveAliases()) {
			StepExecution step = contribution.getStepExecution();
			List<RestoreTarget> open = this.targets.open();
			new TargetLoop(this.targets, this.run.settings().collectionConcurrency()).each(open, step,
					(target) -> release(target, step));
			contribution.incrementWriteCount(open.size());
		}
		return RepeatStatus.FINISHED;
	}

	private void release(RestoreTarget target, StepExecution step) {
		if (LoadPlan.isWanted(target.collection(), this.wishes.load())) {
			load(target, step);
		}
		if (this.wishes.moveAliases()) {
			target.collection()
				.aliases()
				.forEach((alias) -> this.run.milvus().schema().moveAlias(target.name(), alias));
		}
	}

	/**
	 * Waits for the end: a server that cannot load it says so only in the meantime.
	 */
	private void load(RestoreTarget target, StepExecution step) {
		Milvus milvus = this.run.milvus();
		LoadOptions options = LoadPlan.of(target.collection(), this.wishes.load());
		milvus.schema().load(target.name(), options);
		Instant end = this.clock.instant().plus(this.run.settings().noProgressLimit());
		Collection loaded = milvus.catalog().describe(target.name());
		while (!LoadPlan.isLoaded(options, loaded)) {
			if (step.isTerminateOnly() || Thread.currentThread().isInterrupted() || this.clock.instant().isAfter(end)) {
				throw new MilvusException(MilvusException.Kind.UNAVAILABLE,
						"unable to load '" + target.name() + "': Milvus has not ended it",
						"look at Milvus's query nodes, then run the same command again", null);
			}
			LockSupport.parkNanos(this.pause.toNanos());
			loaded = milvus.catalog().describe(target.name());
		}
		requireLoaded(target, options, loaded);
	}

	private void requireLoaded(RestoreTarget target, LoadOptions options, Collection loaded) {
		int replicas = loaded.replicas().number();
		if (options.replicas() > 0 && replicas > 0 && replicas != options.replicas()) {
			this.targets.fail(target, "loaded with " + replicas + " replicas instead of " + options.replicas());
		}
		else if (LoadPlan.isGuessed(target.collection())) {
			this.targets.note(target, "all partitions are loaded: the backup does not tell which were");
		}
	}

}
