package dev.milvusbackup.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedSegment;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectCopiers;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.TransferMode;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.SegmentBuilder;
import dev.milvusbackup.testing.sql.DatabaseKind;
import dev.milvusbackup.testing.sql.TestDatabase;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A job of nothing but the copy steps, on a database, between two buckets in memory, as
 * often as a test wants it to be started.
 */
final class CopyHarness implements AutoCloseable {

	static final long COLLECTION = 1;

	final MemoryObjectStore.Backend backend = new MemoryObjectStore.Backend();

	final MemoryObjectStore source = new MemoryObjectStore(this.backend, "a");

	final MemoryObjectStore copies = new MemoryObjectStore(this.backend, "b");

	final FaultyObjectStore target = new FaultyObjectStore(this.copies);

	final MilvusLayout sourceLayout = new MilvusLayout(ObjectPrefix.of("files"));

	final BackupLayout layout = new BackupLayout(ObjectPrefix.of("backup"), new BackupName("b1"));

	final SegmentLedger ledger;

	final long run;

	final AtomicReference<JobExecution> current = new AtomicReference<>();

	private final TestDatabase database = TestDatabase.open(DatabaseKind.H2_MEMORY);

	private final JobRepository jobRepository;

	private final TaskExecutorJobOperator operator = new TaskExecutorJobOperator();

	int concurrency = 4;

	int segments = 1024;

	VanishedSource vanished = VanishedSource.FAIL;

	CopyHarness() throws Exception {
		LedgerDatabase ledgers = new LedgerDatabase(this.database.dataSource());
		this.ledger = new SegmentLedger(ledgers);
		this.run = new RunLedger(ledgers).open(new RunIdentity(RunKind.BACKUP, "here", "b1"), "b1", "f", "{}").id();
		JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
		factory.setDataSource(this.database.dataSource());
		factory.setTransactionManager(new JdbcTransactionManager(this.database.dataSource()));
		factory.afterPropertiesSet();
		this.jobRepository = factory.getObject();
		this.operator.setJobRepository(this.jobRepository);
		this.operator.setJobRegistry(new MapJobRegistry());
		this.operator.setTaskExecutor(new SyncTaskExecutor());
		this.operator.afterPropertiesSet();
	}

	/**
	 * Plans as many segments, numbered from 1, whose objects are in the source.
	 */
	void plan(int segments, int objectsEach) {
		List<Segment> planned = new ArrayList<>();
		for (int id = 1; id <= segments; id++) {
			planned.add(segment(id, objectsEach));
		}
		this.ledger.plan(this.run,
				new PlannedCollection(COLLECTION, "default.c", "{}", PlannedCollection.State.PLANNED, ""),
				planned.stream());
	}

	private Segment segment(long id, int objects) {
		SegmentBuilder builder = SegmentBuilder.segment(id).collection(COLLECTION).rows(10);
		for (int i = 0; i < objects; i++) {
			Binlog binlog = new Binlog(BinlogKind.INSERT, 100 + i, id * 1000 + i, 0, null);
			ObjectKey key = this.sourceLayout.key(SegmentBuilder.segment(id).build(), binlog);
			byte[] content = ("segment " + id + " object " + i).getBytes();
			ObjectStat stat = this.source.write(key, ObjectContent.of(content));
			builder.insert(binlog.fieldId(), binlog.logId(), stat.bytes(), stat.etag());
		}
		return builder.build();
	}

	/**
	 * Starts the job, or restarts it.
	 */
	JobExecution copy() throws Exception {
		try (CopySteps steps = new CopySteps(this.jobRepository, plan(), List.of())) {
			Job job = new JobBuilder("backup", this.jobRepository).listener(new JobExecutionListener() {
				@Override
				public void beforeJob(JobExecution jobExecution) {
					CopyHarness.this.current.set(jobExecution);
				}
			})
				.start(steps.partitionSegments("partitionSegments"))
				.next(steps.copySegments("copySegments"))
				.next(steps.verifyCopies("verifyCopies",
						(collection) -> List.of(this.layout.logs(BinlogKind.INSERT, collection),
								this.layout.logs(BinlogKind.DELTA, collection))))
				.build();
			JobParameters parameters = new JobParametersBuilder().addLong("run", this.run).toJobParameters();
			return this.operator.start(job, parameters);
		}
	}

	CopyPlan plan() {
		return new CopyPlan(this.run, this.ledger, ObjectCopiers.between(this.source, this.target, TransferMode.AUTO),
				this.target, new Route(), new Concurrency(this.concurrency, this.segments), this.vanished);
	}

	void stop() {
		this.current.get().getStepExecutions().forEach(StepExecution::setTerminateOnly);
	}

	List<Long> done() {
		try (var segments = this.ledger.segments(this.run, COLLECTION)) {
			return segments.filter(PlannedSegment::done).map((planned) -> planned.segment().id()).sorted().toList();
		}
	}

	PlannedSegment planned(long segmentId) {
		try (var segments = this.ledger.segments(this.run, COLLECTION)) {
			return segments.filter((planned) -> planned.segment().id() == segmentId).findFirst().orElseThrow();
		}
	}

	/**
	 * Key of a copy.
	 */
	String key(long segmentId, int object) {
		Segment segment = planned(segmentId).segment();
		return this.layout.key(segment, segment.binlogs().get(object)).value();
	}

	static Throwable failure(JobExecution execution) {
		for (Throwable failure : execution.getAllFailureExceptions()) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (cause instanceof dev.milvusbackup.BackupException) {
					return cause;
				}
			}
		}
		throw new AssertionError("the execution ended " + execution.getExitStatus());
	}

	@Override
	public void close() {
		this.database.close();
	}

	private final class Route implements SegmentRoute {

		@Override
		public ObjectKey source(Segment segment, Binlog binlog) {
			return CopyHarness.this.sourceLayout.key(segment, binlog);
		}

		@Override
		public ObjectKey target(Segment segment, Binlog binlog) {
			return CopyHarness.this.layout.key(segment, binlog);
		}

	}

}
