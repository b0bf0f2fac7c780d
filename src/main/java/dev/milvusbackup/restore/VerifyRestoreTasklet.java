package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.restore.RestoreException.Kind;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Compares what is in the target with what was to be restored.
 */
final class VerifyRestoreTasklet implements Tasklet {

	private final RestoreRun run;

	private final RestoreTargets targets;

	private final Function<RestoreTarget, Optional<String>> rows;

	private final Map<String, String> damaged = new ConcurrentSkipListMap<>();

	/**
	 * @param rows says what is wrong with them, empty when nothing is
	 */
	VerifyRestoreTasklet(RestoreRun run, Function<RestoreTarget, Optional<String>> rows) {
		this.run = run;
		this.targets = run.targets();
		this.rows = rows;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		List<RestoreTarget> open = this.targets.open();
		new TargetLoop(this.targets, this.run.settings().collectionConcurrency()).each(open,
				contribution.getStepExecution(), this::verify);
		contribution.incrementWriteCount(open.size());
		if (!this.damaged.isEmpty()) {
			throw new RestoreException(Kind.DAMAGED,
					"unable to verify the restore of '" + String.join("', '", this.damaged.keySet()) + "': "
							+ this.damaged.entrySet()
								.stream()
								.map((entry) -> entry.getKey() + ": " + entry.getValue())
								.collect(Collectors.joining("; ")),
					"drop these collections and restore them again; if it happens again, verify the backup");
		}
		requireSome();
		return RepeatStatus.FINISHED;
	}

	private void verify(RestoreTarget target) {
		problem(target).ifPresent((problem) -> {
			this.damaged.put(target.name().toString(), problem);
			this.targets.fail(target, problem);
		});
	}

	private Optional<String> problem(RestoreTarget target) {
		Milvus milvus = this.run.milvus();
		Set<String> partitions = milvus.catalog()
			.partitions(target.name(), LoadState.NOT_LOADED)
			.stream()
			.map(Partition::name)
			.collect(Collectors.toSet());
		for (Partition partition : target.collection().partitions()) {
			if (!partitions.contains(partition.name())) {
				return Optional.of("partition " + partition.name() + " is missing");
			}
		}
		if (this.run.request().options().rebuildIndex()) {
			Set<String> indexed = milvus.schema()
				.indexes(target.name())
				.stream()
				.map(Index::fieldName)
				.collect(Collectors.toSet());
			for (Index index : target.collection().indexes()) {
				if (!indexed.contains(index.fieldName())) {
					return Optional.of("the index of field " + index.fieldName() + " is missing");
				}
			}
		}
		return this.run.request().options().metaOnly() ? Optional.empty() : this.rows.apply(target);
	}

	/**
	 * A run of which nothing is left did not restore anything.
	 */
	private void requireSome() {
		List<PlannedCollection> all = this.targets.all();
		boolean some = all.stream().anyMatch((collection) -> collection.state() == PlannedCollection.State.PLANNED);
		if (!all.isEmpty() && !some) {
			throw new RestoreException(Kind.FAILED,
					"unable to restore '" + all.get(0).name() + "': " + all.get(0).reason(),
					"mend the cause, then run the same command again; the same or other causes hold for all "
							+ all.size() + " collections");
		}
	}

}
