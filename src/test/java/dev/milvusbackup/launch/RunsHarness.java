package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.milvus.etcd.EtcdProperties;
import dev.milvusbackup.milvus.tls.Certificates;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.TransferMode;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeEtcd;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs of the real services against a simulated Milvus and two buckets in memory, with
 * any number of job repositories.
 */
final class RunsHarness implements AutoCloseable {

	final MemoryObjectStore.Backend backend = new MemoryObjectStore.Backend();

	final MemoryObjectStore milvusStore = new MemoryObjectStore(this.backend, "a-bucket");

	final MemoryObjectStore backups = new MemoryObjectStore(this.backend, "bk-bucket");

	final FaultyObjectStore target = new FaultyObjectStore(this.backups);

	final FakeMilvus fake;

	final BackupLayout layout = new BackupLayout(ObjectPrefix.of("backup"), new BackupName("b1"));

	private final Map<String, ObjectStore> stores = new HashMap<>(
			Map.of("a-bucket", this.milvusStore, "bk-bucket", this.target));

	private final StoreConnector connector = new Buckets(this.stores);

	private final Path directory;

	String repository = "repository";

	/** Instead of the embedded one in the directory of that name, unless null. */
	@Nullable RepositoryProperties database;

	/** Where the Milvus keeps its metadata, unless null. */
	@Nullable FakeEtcd etcd;

	String milvusRoot = "files";

	String backupRoot = "backup";

	String milvusBucket = "a-bucket";

	RunsHarness(Path directory) {
		this(directory, "2.3.5");
	}

	RunsHarness(Path directory, String version) {
		this.directory = directory;
		this.fake = FakeMilvus.start(version, this.milvusStore, ObjectPrefix.of("files"));
	}

	RunSummary create(String filter) {
		return inRuns((runs) -> runs.create(request(filter), ProgressListener.NONE));
	}

	RunSummary createNamed(String name) {
		CreateRequest request = new CreateRequest(new BackupName(name), CollectionFilter.ALL,
				CreateRequest.Strategy.AUTO);
		return inRuns((runs) -> runs.create(request, ProgressListener.NONE));
	}

	RunSummary inRuns(java.util.function.Function<Runs, RunSummary> work) {
		try (Runs runs = runs()) {
			return work.apply(runs);
		}
	}

	void withRuns(Consumer<Runs> work) {
		try (Runs runs = runs()) {
			work.accept(runs);
		}
	}

	Runs runs() {
		return new JobRunsFactory(this.connector, new DefaultMilvusConnector()).open(settings());
	}

	static CreateRequest request(String filter) {
		return new CreateRequest(new BackupName("b1"), CollectionFilter.parse(filter), CreateRequest.Strategy.AUTO);
	}

	Settings settings() {
		MilvusProperties milvus = (this.etcd == null) ? this.fake.properties() : this.fake.properties()
			.withEtcd(new EtcdProperties(List.of(this.etcd.endpoint()), "by-dev", "", "", Certificates.NONE));
		return new Settings(milvus, storage(this.milvusBucket, this.milvusRoot), storage("bk-bucket", this.backupRoot),
				TransferMode.AUTO, 4, new Settings.BackupSettings(2, true, Duration.ofSeconds(20)),
				new Settings.RestoreSettings(2, 2, Duration.ofSeconds(20), false), (this.database != null)
						? this.database : RepositoryProperties.h2(this.directory.resolve(this.repository)));
	}

	/**
	 * As {@code list} shows it: null when it does not.
	 */
	BackupEntry.State state() {
		try (BackupDirectory backups = BackupDirectory.open(this.connector, storage("bk-bucket", "backup"))) {
			return backups.list()
				.stream()
				.filter((entry) -> entry.name().value().equals("b1"))
				.map(BackupEntry::state)
				.findFirst()
				.orElse(null);
		}
	}

	void delete() {
		try (BackupDirectory backups = BackupDirectory.open(this.connector, storage("bk-bucket", "backup"))) {
			backups.delete(new BackupName("b1"));
		}
	}

	VerifyReport verify() {
		return verify(true);
	}

	VerifyReport verify(boolean deep) {
		try (Runs runs = runs()) {
			return runs.verify(new VerifyRequest(new BackupName("b1"), deep), ProgressListener.NONE);
		}
	}

	String key(MetaFile file) {
		return this.layout.meta(file).value();
	}

	void putLease(String host, String heartbeat) {
		LeaseOwner owner = new LeaseOwner("id", host, "another machine", 4711, "0");
		this.backups.put(key(MetaFile.LEASE),
				JsonMapper.shared().writeValueAsString(Map.of("owner", owner, "heartbeat", heartbeat)));
	}

	List<String> keys() {
		return this.backups.keys();
	}

	@Override
	public void close() {
		this.fake.close();
	}

	private static StorageProperties storage(String bucket, String root) {
		return new StorageProperties("minio", "host", 9000, null, false, bucket, root, null, null, null, null, 8,
				1L << 29);
	}

	/**
	 * Not the harness itself: a context closes what it is given.
	 */
	private record Buckets(Map<String, ObjectStore> stores) implements StoreConnector {

		@Override
		public ObjectStore open(StorageProperties properties) {
			ObjectStore store = this.stores.get(properties.bucket());
			if (store == null) {
				throw new StorageException(StorageException.Kind.CONFIGURATION,
						"unable to open '" + properties.bucket() + "': there is no such bucket", null, null);
			}
			return store;
		}

		@Override
		public ObjectStore openOrCreate(StorageProperties properties) {
			return open(properties);
		}

	}

}
