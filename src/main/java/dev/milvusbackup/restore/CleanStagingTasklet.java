package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.layout.StagingLayout;
import dev.milvusbackup.restore.RestorePlaces.StagingPlace;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Deletes the temporary copies of the collections that are restored; those of failed ones
 * stay for the next execution.
 */
final class CleanStagingTasklet implements Tasklet {

	private static final int BATCH = 1000;

	private final RestoreRun run;

	private final @Nullable StagingPlace staging;

	CleanStagingTasklet(RestoreRun run) {
		this.run = run;
		this.staging = run.places().staging();
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		if (this.staging != null && !this.run.settings().keepTempFiles()) {
			for (RestoreTarget target : this.run.targets().open()) {
				contribution.incrementWriteCount(clean(this.staging.store(), target));
				this.run.ledgers().segments().plan(this.run.id(), target.planned(), Stream.empty());
			}
		}
		return RepeatStatus.FINISHED;
	}

	private long clean(ObjectStore store, RestoreTarget target) {
		StagingLayout layout = new StagingLayout(this.run.request().taskId(), target.name());
		long deleted = 0;
		List<ObjectKey> batch = new ArrayList<>();
		try (Stream<ObjectStat> objects = store.list(layout.directory())) {
			for (Iterator<ObjectStat> each = objects.iterator(); each.hasNext();) {
				batch.add(each.next().key());
				if (batch.size() == BATCH || !each.hasNext()) {
					store.delete(batch);
					deleted += batch.size();
					batch.clear();
				}
			}
		}
		return deleted;
	}

}
