package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Index;
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

	private final Function<RestoreTarget, RowCheck.Result> rows;

	private final DamagedTargets damaged;

	/**
	 * @param rows says what there is to say of them
	 */
	VerifyRestoreTasklet(RestoreRun run, Function<RestoreTarget, RowCheck.Result> rows) {
		this.run = run;
		this.targets = run.targets();
		this.rows = rows;
		this.damaged = new DamagedTargets(this.targets);
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		List<RestoreTarget> open = this.targets.open();
		new TargetLoop(this.targets, this.run.settings().collectionConcurrency()).each(open,
				contribution.getStepExecution(), this::verify);
		contribution.incrementWriteCount(open.size());
		this.damaged.requireNone();
		requireSome();
		return RepeatStatus.FINISHED;
	}

	private void verify(RestoreTarget target) {
		List<String> problems = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		shape(target, problems, notes);
		if (this.run.request().options().rebuildIndex()) {
			List<Index> wanted = IndexPlan.of(target.collection(), this.run.request().options().useAutoIndex());
			IndexCheck indexes = new IndexCheck(this.run.milvus().schema());
			problems.addAll(indexes.problems(target.name(), wanted));
			notes.addAll(indexes.notes(target.name(), wanted));
		}
		if (!this.run.request().options().metaOnly() && problems.isEmpty()) {
			RowCheck.Result result = this.rows.apply(target);
			Stream.of(result.problem()).filter((problem) -> !problem.isEmpty()).forEach(problems::add);
			Stream.of(result.note()).filter((note) -> !note.isEmpty()).forEach(notes::add);
		}
		notes.forEach((note) -> this.targets.note(target, note));
		if (!problems.isEmpty()) {
			this.damaged.add(target, problems);
		}
	}

	/**
	 * Whether the collection is what was asked for. One that existed before is as it was.
	 */
	private void shape(RestoreTarget target, List<String> problems, List<String> notes) {
		Collection found = this.run.milvus().catalog().describe(target.name());
		Set<String> partitions = found.partitions().stream().map(Partition::name).collect(Collectors.toSet());
		target.collection()
			.partitions()
			.stream()
			.filter((partition) -> !partitions.contains(partition.name()))
			.forEach((partition) -> problems.add("partition " + partition.name() + " is missing"));
		if (target.createdByRun()) {
			List<String> differences = ShapeCheck.differences(target.collection(), found);
			// forced into a server that may not be able to hold it all
			(this.run.request().details().wishes().force() ? notes : problems).addAll(differences);
		}
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
