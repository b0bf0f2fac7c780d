package dev.milvusbackup.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.copy.Concurrency;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.layout.SnapshotUris;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.LogPaths;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.JobWatch;
import dev.milvusbackup.milvus.etcd.EtcdProperties;
import dev.milvusbackup.milvus.tls.Certificates;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.storage.ObjectCopiers;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.TransferMode;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.InterruptedCalls;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeEtcd;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import dev.milvusbackup.testing.sql.DatabaseKind;
import dev.milvusbackup.testing.sql.TestDatabase;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Backs up a simulated Milvus from one bucket in memory to another, as often as a test
 * wants the same run to be started.
 */
final class BackupHarness implements AutoCloseable {

	final MemoryObjectStore.Backend backend = new MemoryObjectStore.Backend();

	final MemoryObjectStore milvusStore = new MemoryObjectStore(this.backend, "a-bucket");

	final FaultyObjectStore source = new FaultyObjectStore(this.milvusStore);

	final MemoryObjectStore backups = new MemoryObjectStore(this.backend, "bk-bucket");

	final FaultyObjectStore target = new FaultyObjectStore(this.backups);

	final BackupLayout layout = new BackupLayout(ObjectPrefix.of("backup"), new BackupName("b1"));

	final FakeMilvus fake;

	final FakeEtcd etcd = FakeEtcd.start();

	final SegmentLedger ledger;

	final RunLedger runs;

	final long runId;

	final InterruptedCalls calls;

	private final TestDatabase database = TestDatabase.open(DatabaseKind.H2_MEMORY);

	private final Milvus connection;

	private final JobRepository jobRepository;

	private final TaskExecutorJobOperator operator = new TaskExecutorJobOperator();

	CollectionFilter filter = CollectionFilter.ALL;

	ObjectPrefix sourceRoot = ObjectPrefix.of("files");

	boolean metaOnly;

	boolean pauseGc;

	boolean rbac;

	boolean indexExtra;

	FlushMode flush = FlushMode.EACH;

	/** How long an export may stand still. */
	Duration noProgress = Duration.ofSeconds(20);

	final List<StepExecutionListener> listeners = new ArrayList<>();

	BackupHarness(String version) throws Exception {
		this.fake = FakeMilvus.start(version, this.milvusStore, ObjectPrefix.of("files"));
		this.connection = new DefaultMilvusConnector().connect(this.fake.properties()
			.withEtcd(new EtcdProperties(List.of(this.etcd.endpoint()), "by-dev", "", "", Certificates.NONE)));
		this.calls = new InterruptedCalls(this.connection);
		LedgerDatabase ledgers = new LedgerDatabase(this.database.dataSource());
		this.ledger = new SegmentLedger(ledgers);
		this.runs = new RunLedger(ledgers);
		this.runId = this.runs.open(new RunIdentity(RunKind.BACKUP, "here", "b1"), "b1", "f", "{}").id();
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

	BackupHarness() throws Exception {
		this("2.3.5");
	}

	/**
	 * Starts the run, or restarts it.
	 */
	JobExecution backUp() {
		try (BackupJobConfiguration configuration = new BackupJobConfiguration(this.jobRepository, this.ledger,
				this.connection, places(), scope(this.metaOnly, this.metaOnly ? FlushMode.NONE : this.flush),
				new Concurrency(4), List.of())) {
			return start(configuration.job(new RequestMark("f", "{}")));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * As {@link #backUp}, in the snapshot format.
	 */
	JobExecution export() {
		SnapshotUris uris = new SnapshotUris(storage("a-bucket"), storage("bk-bucket"));
		SnapshotRun run = new SnapshotRun(scope(true, this.flush), places(), uris, this.calls.milvus(), "fake",
				this.ledger.snapshots());
		SnapshotTimings timings = new SnapshotTimings(
				new JobWatch.Timing(Duration.ofMillis(10), Duration.ofMillis(40), this.noProgress),
				Duration.ofMillis(10));
		return start(new SnapshotBackupJobConfiguration(this.jobRepository, this.ledger, run, this.listeners, timings)
			.job(new RequestMark("f", "{}")));
	}

	private JobExecution start(Job job) {
		JobParameters parameters = new JobParametersBuilder().addLong("run", this.runId).toJobParameters();
		try {
			return this.operator.start(job, parameters);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private BackupPlaces places() {
		MilvusLayout sourceLayout = new MilvusLayout(this.sourceRoot);
		return new BackupPlaces(this.source, sourceLayout, LogPaths.of(sourceLayout), this.target, this.layout,
				ObjectCopiers.between(this.source, this.target, TransferMode.AUTO));
	}

	private BackupScope scope(boolean withoutSegments, FlushMode mode) {
		return new BackupScope(this.runId, "task", this.filter, mode, withoutSegments, this.rbac, this.indexExtra, 2,
				Duration.ofSeconds(20), this.pauseGc, "by-dev-replicate-msg");
	}

	private static StorageProperties storage(String bucket) {
		return new StorageProperties("minio", "host", 9000, null, false, bucket, "backup", null, null, null, null, 8,
				1L << 29);
	}

	/**
	 * Name to state, with the reason where there is one.
	 */
	Map<String, String> outcome() {
		return this.ledger.collections(this.runId)
			.stream()
			.collect(Collectors.toMap((collection) -> collection.name() + "/" + collection.collectionId(),
					(collection) -> (collection.state() + " " + collection.reason()).strip()));
	}

	BackupManifest manifest() {
		return new ManifestStore(this.backups).read(this.layout, SegmentSink.NONE);
	}

	boolean exists() {
		return new ManifestStore(this.backups).exists(this.layout);
	}

	static <T extends BackupException> T failure(JobExecution execution, Class<T> type) {
		for (Throwable failure : execution.getAllFailureExceptions()) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (type.isInstance(cause)) {
					return type.cast(cause);
				}
			}
		}
		throw new AssertionError(
				"the execution ended " + execution.getExitStatus() + " " + execution.getAllFailureExceptions());
	}

	@Override
	public void close() {
		this.connection.close();
		this.fake.close();
		this.etcd.close();
		this.database.close();
	}

}
