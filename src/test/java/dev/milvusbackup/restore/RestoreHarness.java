package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.milvusbackup.config.Settings.RestoreSettings;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.restore.RestorePlaces.StagingPlace;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.restore.RestoreRun.Ledgers;
import dev.milvusbackup.storage.ObjectCopiers;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.TransferMode;
import dev.milvusbackup.testing.InterruptedCalls;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import dev.milvusbackup.testing.sql.DatabaseKind;
import dev.milvusbackup.testing.sql.TestDatabase;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Restores backups of a simulated Milvus into the same one, as often as a test wants the
 * same run to be started.
 */
final class RestoreHarness implements AutoCloseable {

	static final MilvusLayout MILVUS_LAYOUT = new MilvusLayout(ObjectPrefix.of("files"));

	final MemoryObjectStore.Backend backend = new MemoryObjectStore.Backend();

	final MemoryObjectStore milvusStore = new MemoryObjectStore(this.backend, "a-bucket");

	final BackupLayout layout = new BackupLayout(ObjectPrefix.of("backup"), new BackupName("b1"));

	final FakeMilvus fake;

	final InterruptedCalls calls;

	final List<StepExecutionListener> listeners = new ArrayList<>();

	final Ledgers ledgers;

	final long runId;

	private final TestDatabase database = TestDatabase.open(DatabaseKind.H2_MEMORY);

	private final Milvus connection;

	private final JobRepository jobRepository;

	private final TaskExecutorJobOperator operator;

	ObjectStore backupStore = this.milvusStore;

	boolean staged;

	CollectionFilter filter = CollectionFilter.ALL;

	String suffix = "_r";

	List<String> renames = List.of();

	Options options = Options.NONE;

	RestoreDetails details = RestoreDetails.NONE;

	boolean keepTempFiles;

	Duration noProgress = Duration.ofSeconds(20);

	int segmentsPerImport = RestoreSettings.SEGMENTS_PER_IMPORT;

	RestoreHarness(String version) throws Exception {
		this.fake = FakeMilvus.start(version, this.milvusStore, MILVUS_LAYOUT.root());
		this.connection = new DefaultMilvusConnector().connect(this.fake.properties());
		this.calls = new InterruptedCalls(this.connection);
		LedgerDatabase ledger = new LedgerDatabase(this.database.dataSource());
		this.ledgers = new Ledgers(ledger);
		this.runId = new RunLedger(ledger).open(new RunIdentity(RunKind.RESTORE, "here", "b1"), "b1", "f", "{}").id();
		this.jobRepository = jobRepository(this.database);
		this.operator = operator(this.jobRepository);
	}

	RestoreHarness() throws Exception {
		this("2.3.5");
	}

	/**
	 * A backup that is still to be written.
	 */
	FakeBackup backup() {
		return new FakeBackup(this.connection.catalog(), this.milvusStore, MILVUS_LAYOUT);
	}

	void backUp(FakeCollection... collections) {
		backup().add(collections).write(this.backupStore, this.layout);
	}

	/**
	 * A collection with two partitions, an index, an alias and properties.
	 */
	FakeCollection books() {
		FakeCollection books = this.fake.collection("books").shards(4).alias("library");
		books.property("collection.ttl.seconds", "60").property("mmap.enabled", "true");
		books.index("vector", "v", Map.of("index_type", "HNSW", "metric_type", "L2"));
		books.insertSegment("_default", 30);
		books.insertSegment("novels", 20);
		return books;
	}

	/**
	 * The backup is written to a bucket that Milvus does not read.
	 */
	void useOtherBucket() {
		this.backupStore = new MemoryObjectStore(this.backend, "bk-bucket");
		this.staged = true;
	}

	/**
	 * Starts the run, or restarts it.
	 */
	JobExecution restore() throws Exception {
		try (RestoreJobConfiguration configuration = new RestoreJobConfiguration(this.jobRepository, run(),
				this.listeners, timings())) {
			return this.operator.start(configuration.job(), parameters(this.runId));
		}
	}

	/**
	 * As {@link #restore}, which has to be complete.
	 */
	void requireRestored() throws Exception {
		assertThat(restore().getStatus()).as(outcome().toString()).isEqualTo(BatchStatus.COMPLETED);
	}

	/**
	 * As {@link #restore}, which has to be refused before there is a collection books_r.
	 */
	RestoreException requireRefused(String... causes) throws Exception {
		RestoreException refusal = (RestoreException) failure(restore());
		assertThat(refusal.kind()).isEqualTo(RestoreException.Kind.PREFLIGHT);
		assertThat(refusal).hasMessageContainingAll(causes);
		assertThat(this.fake.find("books_r")).isNull();
		return refusal;
	}

	/**
	 * As {@link #restore}, of a backup of the snapshot format.
	 */
	JobExecution restoreSnapshots() throws Exception {
		return this.operator.start(
				new SnapshotRestoreJobConfiguration(this.jobRepository, run(), this.listeners, timings()).job(),
				parameters(this.runId));
	}

	private ImportTimings timings() {
		return new ImportTimings(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofMillis(10),
				Duration.ofMillis(60), this.noProgress);
	}

	private RestoreRun run() {
		RestorePlanRequest request = new RestorePlanRequest(this.layout.name(), CollectionFilter.ALL, this.filter,
				this.suffix, this.renames, this.options, "t1", this.details);
		StagingPlace staging = this.staged ? new StagingPlace(this.milvusStore,
				ObjectCopiers.between(this.backupStore, this.milvusStore, TransferMode.AUTO), 4) : null;
		RestorePlaces places = new RestorePlaces(this.backupStore, this.layout,
				storage(this.staged ? "bk-bucket" : "a-bucket"), storage("a-bucket"), staging);
		return new RestoreRun(this.runId, request, places, this.calls.milvus(), "fake", this.ledgers,
				new RestoreSettings(2, 4, this.noProgress, this.keepTempFiles, this.segmentsPerImport));
	}

	/**
	 * Target name to state, with the reason where there is one.
	 */
	Map<String, String> outcome() {
		return this.ledgers.segments()
			.collections(this.runId)
			.stream()
			.collect(Collectors.toMap(PlannedCollection::name,
					(collection) -> (collection.state() + " " + collection.reason()).strip()));
	}

	/**
	 * As Milvus describes it.
	 */
	Collection describe(String name) {
		return this.calls.milvus().catalog().describe(CollectionName.parse(name));
	}

	FakeCollection target(String name) {
		FakeCollection target = this.fake.find(name);
		if (target == null) {
			throw new AssertionError("there is no collection " + name);
		}
		return target;
	}

	static Throwable failure(JobExecution execution) {
		return execution.getAllFailureExceptions()
			.stream()
			.findFirst()
			.orElseThrow(() -> new AssertionError("the execution ended " + execution.getExitStatus()));
	}

	static JobRepository jobRepository(TestDatabase database) throws Exception {
		JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
		factory.setDataSource(database.dataSource());
		factory.setTransactionManager(new JdbcTransactionManager(database.dataSource()));
		factory.afterPropertiesSet();
		return factory.getObject();
	}

	static TaskExecutorJobOperator operator(JobRepository jobRepository) throws Exception {
		TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
		operator.setJobRepository(jobRepository);
		operator.setJobRegistry(new MapJobRegistry());
		operator.setTaskExecutor(new SyncTaskExecutor());
		operator.afterPropertiesSet();
		return operator;
	}

	static JobParameters parameters(long runId) {
		return new JobParametersBuilder().addLong("run", runId).toJobParameters();
	}

	@Override
	public void close() {
		this.connection.close();
		this.fake.close();
		this.database.close();
	}

	static StorageProperties storage(String bucket) {
		return new StorageProperties("minio", "host", 9000, null, false, bucket, "backup", null, null, null, null, 8,
				1L << 29);
	}

}
