package dev.milvusbackup.launch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.milvusbackup.backup.BackupJobConfiguration;
import dev.milvusbackup.backup.BackupPlaces;
import dev.milvusbackup.backup.BackupScope;
import dev.milvusbackup.backup.FlushMode;
import dev.milvusbackup.backup.RequestMark;
import dev.milvusbackup.backup.SnapshotBackupJobConfiguration;
import dev.milvusbackup.backup.SnapshotRun;
import dev.milvusbackup.config.Settings;
import dev.milvusbackup.copy.Concurrency;
import dev.milvusbackup.launch.CreateRequest.Strategy;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.PlannedSnapshot;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.manifest.LogPaths;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.milvus.MilvusCluster;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.storage.ObjectCopiers;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Carries out {@code create}: finds or opens the run, executes its job and reports.
 * Thread-safe.
 */
final class BackupService {

	private static final int SPARE_CONNECTIONS = 2;

	private static final String RBAC = "rbac";

	private static final String FORMAT = "format";

	private static final String INDEX_EXTRA = "index extra";

	private final Settings settings;

	private final StoreConnector stores;

	private final MilvusConnector milvusConnector;

	private final RunLedger runs;

	private final SegmentLedger segments;

	private final JobRepository jobRepository;

	private final RunControl control;

	BackupService(Connections connections, RunLedger runs, SegmentLedger segments, JobRepository jobRepository,
			RunControl control) {
		this.settings = connections.settings();
		this.stores = connections.stores();
		this.milvusConnector = connections.milvus();
		this.runs = runs;
		this.segments = segments;
		this.jobRepository = jobRepository;
		this.control = control;
	}

	/**
	 * See {@link Runs#create}.
	 */
	RunSummary create(CreateRequest request, ProgressListener listener) {
		return this.control.during(() -> work(request, Resumption.NONE, listener));
	}

	/**
	 * See {@link Runs#resume}.
	 */
	RunSummary resume(Run run, ProgressListener listener) {
		if (run.state() == RunState.COMPLETE) {
			return report(run).alreadyComplete();
		}
		Resumption resumption = Resumption.of(run);
		return this.control.during(() -> work(request(run), resumption, listener));
	}

	private RunSummary work(CreateRequest request, Resumption resumption, ProgressListener listener) {
		StorageProperties backup = this.settings.backupStorage();
		BackupLayout layout = new BackupLayout(backup.keyRoot(), request.name());
		try (Milvus milvus = this.milvusConnector.connect(this.settings.milvus());
				ObjectStore source = this.stores.open(this.settings.milvusStorage());
				ObjectStore target = this.stores.openOrCreate(backup)) {
			boolean made = new ManifestStore(target).exists(layout);
			if (!made) {
				requireAble(request, milvus);
			}
			BackupFormat format = new FormatChoice(this.settings).of(request, milvus.snapshots());
			RunIdentity identity = identity(target, layout);
			resumption.requireIdentity(identity);
			try (HeldRun held = this.control.hold(identity, new LeaseObject(target, layout))) {
				resumption.requireLatest(this.runs.latest(identity));
				RequestFingerprint fingerprint = fingerprint(request, format, source);
				Run run = new BackupStart(this.runs, this.segments, target, layout, fingerprint).decide(identity);
				if (run.state() == RunState.COMPLETE) {
					this.control.recover(run);
					return report(run).alreadyComplete();
				}
				if (made) {
					requireAble(request, milvus);
				}
				BackupPlaces places = places(source, target, layout);
				return execute(new Work(run, held, request, format, listener), milvus, places);
			}
		}
	}

	/**
	 * Asks the server before anything is begun: a long copy should not end with a
	 * refusal. A backup that is complete needs nothing of it.
	 */
	private static void requireAble(CreateRequest request, Milvus milvus) {
		MilvusCluster cluster = milvus.cluster();
		if (request.strategy() == Strategy.BULK_FLUSH && !cluster.canFlushAll()) {
			throw new LaunchException(ExitCode.INCOMPATIBLE,
					"unable to use '--strategy bulk_flush': this Milvus cannot flush everything at once",
					"use --strategy serial_flush, or Milvus 2.6.11 or newer");
		}
		if (request.rbac()) {
			cluster.rbac();
		}
		if (request.indexExtra() && !milvus.metadataStore().isUsed()) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to use '--backup_index_extra': there is no metadata of a Milvus below '"
							+ milvus.metadataStore().address() + "/meta'",
					"check milvus.etcd.endpoints and milvus.etcd.rootPath: they are those of Milvus's own configuration (etcd.endpoints, etcd.rootPath)");
		}
	}

	static RunIdentity identity(ObjectStore target, BackupLayout layout) {
		return new RunIdentity(RunKind.BACKUP, target.address() + "/" + layout.root().value(), layout.name().value());
	}

	private RunSummary execute(Work work, Milvus milvus, BackupPlaces places) {
		Run run = work.run();
		CopyProgress before = this.segments.progress(run.id());
		JobSource job = (work.format() == BackupFormat.SNAPSHOT)
				? (listeners) -> exported(work, milvus, places, listeners)
				: (listeners) -> copied(work, milvus, places, listeners);
		RunOutcome outcome = this.control.execute(run, work.held(), job, work.listener());
		RunSummary summary = report(run).summary(outcome, before);
		this.runs.update(run.id(), state(summary), summary.message());
		return summary;
	}

	private JobSource.Built copied(Work work, Milvus milvus, BackupPlaces places, List<StepExecutionListener> listeners)
			throws Exception {
		BackupJobConfiguration configuration = new BackupJobConfiguration(this.jobRepository, this.segments, milvus,
				places, scope(work, milvus.cluster()), concurrency(), listeners);
		return new JobSource.Built(configuration.job(work.mark()), configuration::close);
	}

	private JobSource.Built exported(Work work, Milvus milvus, BackupPlaces places,
			List<StepExecutionListener> listeners) {
		SnapshotRun snapshots = new SnapshotRun(scope(work, milvus.cluster()), places,
				new FormatChoice(this.settings).uris(), milvus, this.settings.milvus().target(),
				this.segments.snapshots());
		return new JobSource.Built(new SnapshotBackupJobConfiguration(this.jobRepository, this.segments, snapshots,
				this.settings.restore().noProgressLimit(), listeners)
			.job(work.mark()), () -> {
			});
	}

	private RunReport report(Run run) {
		long exported = this.segments.snapshots().snapshots(run.id()).stream().mapToLong(PlannedSnapshot::rows).sum();
		return new RunReport(run, this.segments.collections(run.id()), this.segments.progress(run.id()),
				exported + this.segments.rows(run.id()),
				new RunReport.Notes(this.segments.notes().notes(run.id()), Map.of()));
	}

	private static RunState state(RunSummary summary) {
		return switch (summary.exitCode()) {
			case COMPLETE -> RunState.COMPLETE;
			case PARTIAL -> RunState.PARTIAL;
			default -> RunState.OPEN;
		};
	}

	private BackupScope scope(Work work, MilvusCluster cluster) {
		Run run = work.run();
		CreateRequest request = work.request();
		Settings.BackupSettings backup = this.settings.backup();
		boolean metaOnly = request.strategy() == Strategy.META_ONLY || work.format() == BackupFormat.SNAPSHOT;
		return new BackupScope(run.id(), BackupStart.taskId(run), request.filter(), flush(request.strategy(), cluster),
				metaOnly, request.rbac(), request.indexExtra(), planners(), backup.flushLimit(), backup.pauseGc(),
				backup.rpcChannel());
	}

	private Concurrency concurrency() {
		return new Concurrency(this.settings.transferConcurrency(), this.settings.backup().segmentConcurrency());
	}

	private static FlushMode flush(Strategy strategy, MilvusCluster cluster) {
		return switch (strategy) {
			case META_ONLY, SKIP_FLUSH -> FlushMode.NONE;
			case SERIAL_FLUSH -> FlushMode.EACH;
			case BULK_FLUSH -> FlushMode.ALL;
			case AUTO -> cluster.canFlushAll() ? FlushMode.ALL : FlushMode.EACH;
		};
	}

	/**
	 * Collections planned at once: each keeps a connection of the pool while its objects
	 * are listed, and the lease's heartbeat needs one too.
	 */
	private int planners() {
		int connections = this.settings.repository().poolSize() - SPARE_CONNECTIONS;
		return Math.max(1, Math.min(this.settings.backup().collectionConcurrency(), connections));
	}

	private BackupPlaces places(ObjectStore source, ObjectStore target, BackupLayout layout) {
		StorageProperties milvusStorage = this.settings.milvusStorage();
		MilvusLayout sourceLayout = new MilvusLayout(milvusStorage.keyRoot());
		LogPaths logPaths = milvusStorage.isLocal() ? LogPaths.below(source.address().container(), sourceLayout)
				: LogPaths.of(sourceLayout);
		return new BackupPlaces(source, sourceLayout, logPaths, target, layout,
				ObjectCopiers.between(source, target, this.settings.transferMode()));
	}

	private RequestFingerprint fingerprint(CreateRequest request, BackupFormat format, ObjectStore source) {
		List<String> filter = request.filter()
			.databases()
			.entrySet()
			.stream()
			.flatMap((entry) -> entry.getValue().isEmpty() ? List.of(entry.getKey() + ".").stream()
					: entry.getValue().stream().map((name) -> entry.getKey() + "." + name))
			.sorted()
			.toList();
		Map<String, String> options = new TreeMap<>(Map.of("filter", String.join(",", filter), "strategy",
				request.strategy().name().toLowerCase(Locale.ROOT), BackupStart.MILVUS, this.settings.milvus().target(),
				"milvus storage", source.address() + "/" + this.settings.milvusStorage().keyRoot()));
		if (request.rbac()) {
			options.put(RBAC, "true");
		}
		if (format != BackupFormat.BINLOG) {
			options.put(FORMAT, format.text());
		}
		if (request.indexExtra()) {
			options.put(INDEX_EXTRA, "true");
		}
		return RequestFingerprint.of(options);
	}

	/**
	 * The request that a run carries out.
	 */
	static CreateRequest request(Run run) {
		RequestFingerprint options = RequestFingerprint.parse(run.request());
		return new CreateRequest(new BackupName(run.backup()), CollectionFilter.parse(options.get("filter")),
				Strategy.valueOf(options.get("strategy").toUpperCase(Locale.ROOT)),
				Boolean.parseBoolean(options.get(RBAC)), Boolean.parseBoolean(options.get(INDEX_EXTRA)),
				FormatChoice.of(options.get(FORMAT)));
	}

	private record Work(Run run, HeldRun held, CreateRequest request, BackupFormat format, ProgressListener listener) {

		RequestMark mark() {
			return new RequestMark(this.run.fingerprint(), this.run.request());
		}

	}

}
