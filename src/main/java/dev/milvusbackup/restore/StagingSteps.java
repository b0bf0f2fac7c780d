package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.milvusbackup.copy.Concurrency;
import dev.milvusbackup.copy.CopyPlan;
import dev.milvusbackup.copy.CopySteps;
import dev.milvusbackup.copy.SegmentRoute;
import dev.milvusbackup.copy.VanishedSource;
import dev.milvusbackup.layout.StagingLayout;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.restore.RestorePlaces.StagingPlace;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageException;
import org.springframework.batch.core.job.flow.FlowExecutionStatus;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;

/**
 * The copy of the backup's segments to where Milvus can read them.
 */
final class StagingSteps implements AutoCloseable {

	static final String AGAIN = "AGAIN";

	private static final int MOST_ROUNDS = 5;

	private final RestoreRun run;

	private final RestoreTargets targets;

	private final CopySteps steps;

	private int rounds;

	StagingSteps(RestoreRun run, StagingPlace place, JobRepository jobRepository,
			List<StepExecutionListener> listeners) {
		this.run = run;
		this.targets = run.targets();
		this.steps = new CopySteps(jobRepository, new CopyPlan(run.id(), run.ledgers().segments(), place.copier(),
				place.store(), new Route(), new Concurrency(place.concurrency()), missing()), listeners);
	}

	Step partition() {
		return this.steps.partitionSegments("partitionStaging");
	}

	Step copy() throws Exception {
		return this.steps.copySegments("stageSegments");
	}

	Step verify() {
		return this.steps.verifyCopies("verifyStaging", (collectionId) -> List.of(layout(collectionId).directory()));
	}

	/**
	 * Sends the job around again while a copy has to be made again.
	 */
	JobExecutionDecider complete() {
		return (jobExecution, stepExecution) -> {
			if (this.run.ledgers().segments().openSlices(this.run.id()).isEmpty()) {
				return FlowExecutionStatus.COMPLETED;
			}
			this.rounds++;
			if (this.rounds == MOST_ROUNDS) {
				throw new RestoreException(Kind.FAILED,
						"unable to copy backup '" + this.run.request().name() + "' for Milvus: the copies differ "
								+ MOST_ROUNDS + " times from the backup",
						"check that nothing else writes to the Milvus bucket, then run the same command again");
			}
			return new FlowExecutionStatus(AGAIN);
		};
	}

	@Override
	public void close() {
		this.steps.close();
	}

	private StagingLayout layout(long collectionId) {
		CollectionName name = this.run.ledgers()
			.segments()
			.collection(this.run.id(), collectionId)
			.map((collection) -> CollectionName.parse(collection.name()))
			.orElseThrow();
		return new StagingLayout(this.run.request().taskId(), name);
	}

	/**
	 * An object that the backup has lost makes its collection fail.
	 */
	private VanishedSource missing() {
		return (Segment segment, StorageException cause) -> {
			Map<Long, RestoreTarget> open = this.targets.open()
				.stream()
				.collect(Collectors.toMap(RestoreTarget::id, (target) -> target));
			RestoreTarget target = open.get(segment.collectionId());
			if (target != null) {
				this.targets.fail(target, "the backup is damaged: " + cause.getMessage());
			}
		};
	}

	private final class Route implements SegmentRoute {

		private final Map<Long, Long> sources = new ConcurrentHashMap<>();

		private final Map<Long, StagingLayout> layouts = new ConcurrentHashMap<>();

		@Override
		public ObjectKey source(Segment segment, Binlog binlog) {
			long collection = this.sources.computeIfAbsent(segment.collectionId(),
					(target) -> StagingSteps.this.targets.find(target).sourceId());
			return StagingSteps.this.run.places().layout().key(segment.withCollection(collection), binlog);
		}

		@Override
		public ObjectKey target(Segment segment, Binlog binlog) {
			StagingLayout layout = this.layouts.computeIfAbsent(segment.collectionId(), StagingSteps.this::layout);
			return layout.key(StagingSteps.this.run.places().layout(), source(segment, binlog));
		}

	}

}
