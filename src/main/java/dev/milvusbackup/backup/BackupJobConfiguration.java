package dev.milvusbackup.backup;

import java.util.List;

import dev.milvusbackup.backup.ReadMetadataTasklet.Planning;
import dev.milvusbackup.copy.Concurrency;
import dev.milvusbackup.copy.CopyPlan;
import dev.milvusbackup.copy.CopySteps;
import dev.milvusbackup.copy.SegmentRoute;
import dev.milvusbackup.copy.VanishedSource;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;

/**
 * Puts the backup job of one run together. Every step may be executed again at any time:
 * the ledger says what is left to do, never the step's own saved state.
 */
public final class BackupJobConfiguration implements AutoCloseable {

	/** Name of the job in the job repository. */
	public static final String JOB_NAME = "backup";

	/**
	 * Exit code of an execution that left collections out. It ends FAILED, so that the
	 * same command can be executed again.
	 */
	public static final String PARTIAL = "PARTIAL";

	private static final Logger logger = LoggerFactory.getLogger(BackupJobConfiguration.class);

	private final JobRepository jobRepository;

	private final SegmentLedger ledger;

	private final Milvus milvus;

	private final BackupPlaces places;

	private final BackupScope scope;

	private final List<StepExecutionListener> listeners;

	private final CopySteps copySteps;

	/**
	 * Takes what one run works with; none of it is closed here.
	 * @param listeners told of every step but the slices
	 */
	public BackupJobConfiguration(JobRepository jobRepository, SegmentLedger ledger, Milvus milvus, BackupPlaces places,
			BackupScope scope, Concurrency concurrency, List<StepExecutionListener> listeners) {
		this.jobRepository = jobRepository;
		this.ledger = ledger;
		this.milvus = milvus;
		this.places = places;
		this.scope = scope;
		this.listeners = List.copyOf(listeners);
		this.copySteps = new CopySteps(jobRepository, new CopyPlan(scope.run(), ledger, places.copier(),
				places.target(), new Route(places), concurrency, planAnew()), this.listeners);
	}

	/**
	 * Builds the job. For one execution.
	 */
	public Job job(RequestMark mark) throws Exception {
		CollectionPlanner planner = new CollectionPlanner(this.scope, this.places, this.milvus, this.ledger);
		GcPause pause = new GcPause(this.milvus.garbageCollection(), this.ledger.notes().of(this.scope.run()));
		BackupDraft draft = new BackupDraft(this.scope, this.places, this.milvus, this.ledger, mark,
				CollectionContents.BINLOGS);
		Step readMetadata = step("readMetadata", new ReadMetadataTasklet(this.scope, this.milvus.catalog(), this.ledger,
				new Planning(new Preparation(this.scope, this.milvus, this.ledger, pause), planner, draft)));
		Step verifyCopies = this.copySteps.verifyCopies("verifyCopies", (collectionId) -> {
			BackupLayout layout = this.places.targetLayout();
			return List.of(layout.logs(BinlogKind.INSERT, collectionId), layout.logs(BinlogKind.DELTA, collectionId));
		});
		CopiesCompleteDecider complete = new CopiesCompleteDecider(this.ledger, this.scope.run());
		Flow flow = new FlowBuilder<Flow>("backupFlow").start(readMetadata)
			.next(this.copySteps.partitionSegments("partitionSegments"))
			.next(this.copySteps.copySegments("copySegments"))
			.next(verifyCopies)
			.next(complete)
			.on(CopiesCompleteDecider.AGAIN)
			.to(readMetadata)
			.from(complete)
			.on("*")
			.to(step("writeManifest", new WriteManifestTasklet(draft)))
			.end();
		JobBuilder builder = new JobBuilder(JOB_NAME, this.jobRepository);
		if (this.scope.pauseGc() && !this.scope.metaOnly()) {
			builder.listener(pause);
		}
		return builder.listener(new PartialResult(this.ledger, this.scope.run())).start(flow).end().build();
	}

	@Override
	public void close() {
		this.copySteps.close();
	}

	private Step step(String name, Tasklet tasklet) {
		StepBuilder builder = new StepBuilder(name, this.jobRepository).allowStartIfComplete(true);
		this.listeners.forEach(builder::listener);
		return builder.tasklet(tasklet).build();
	}

	/**
	 * A compaction took the object away: the collection is planned anew, what is copied
	 * stays.
	 */
	private VanishedSource planAnew() {
		return (Segment segment, StorageException cause) -> {
			logger.info("planning collection {} anew: {}", segment.collectionId(), cause.getMessage());
			PlannedCollection planned = this.ledger.collection(this.scope.run(), segment.collectionId())
				.orElseThrow(() -> cause);
			this.ledger.putCollections(this.scope.run(), List.of(new PlannedCollection(planned.collectionId(),
					planned.name(), planned.description(), PlannedCollection.State.DESCRIBED, "")));
		};
	}

	private record Route(BackupPlaces places) implements SegmentRoute {

		@Override
		public ObjectKey source(Segment segment, Binlog binlog) {
			return this.places.sourceLayout().key(segment, binlog);
		}

		@Override
		public ObjectKey target(Segment segment, Binlog binlog) {
			return this.places.targetLayout().key(segment, binlog);
		}

	}

}
