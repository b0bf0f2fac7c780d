package dev.milvusbackup.launch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.RequestLedger;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.restore.RestoreJobConfiguration;
import dev.milvusbackup.restore.RestorePlaces;
import dev.milvusbackup.restore.RestorePlaces.StagingPlace;
import dev.milvusbackup.restore.RestorePlanRequest;
import dev.milvusbackup.restore.RestoreRun;
import dev.milvusbackup.restore.SnapshotRestoreJobConfiguration;
import dev.milvusbackup.storage.ObjectCopiers;
import dev.milvusbackup.storage.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Carries out {@code restore}: finds or opens the run, executes its job and reports. An
 * unfinished run goes on; a finished one begins anew unless the request names its run.
 * Thread-safe.
 */
final class RestoreService {

	private final Connections connections;

	private final RunLedger runs;

	private final RequestLedger requests;

	private final RestoreRun.Ledgers ledgers;

	private final JobRepository jobRepository;

	private final RunControl control;

	RestoreService(Connections connections, RunLedger runs, LedgerDatabase database, JobRepository jobRepository,
			RunControl control) {
		this.connections = connections;
		this.runs = runs;
		this.requests = new RequestLedger(database);
		this.ledgers = new RestoreRun.Ledgers(database);
		this.jobRepository = jobRepository;
		this.control = control;
	}

	/**
	 * See {@link Runs#restore}.
	 */
	RunSummary restore(RestoreRequest request, ProgressListener listener) {
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
		RestoreRequest request = this.requests.find(run.id())
			.map((content) -> RestoreRequestCodec.read(run.id(), content))
			.orElseThrow(() -> RequestCodec.unknown(run.id()));
		return this.control.during(() -> work(request, resumption, listener));
	}

	private RunSummary work(RestoreRequest request, Resumption resumption, ProgressListener listener) {
		Settings settings = this.connections.settings();
		BackupLayout layout = new BackupLayout(settings.backupStorage().keyRoot(), request.name());
		try (ObjectStore backup = this.connections.stores().open(settings.backupStorage())) {
			BackupFormat format = new ManifestStore(backup).readHeader(layout).format();
			RequestFingerprint fingerprint = fingerprint(request);
			RunIdentity identity = identity(request, backup, layout, fingerprint);
			resumption.requireIdentity(identity);
			try (Milvus milvus = this.connections.milvus().connect(settings.milvus());
					HeldRun held = this.control.hold(identity, null);
					Staging staging = staging(backup)) {
				resumption.requireLatest(this.runs.latest(identity));
				Run run = decide(identity, request, fingerprint);
				if (run.state() != RunState.OPEN) {
					return report(run).alreadyComplete();
				}
				RestorePlaces places = new RestorePlaces(backup, layout, settings.backupStorage(),
						settings.milvusStorage(), staging.place());
				return execute(new RestoreRun(run.id(), plan(request, run), places, milvus, settings.milvus().target(),
						this.ledgers, settings.restore()), format, new Held(run, held), listener);
			}
		}
	}

	private RunSummary execute(RestoreRun restore, BackupFormat format, Held work, ProgressListener listener) {
		Run run = work.run();
		CopyProgress before = this.ledgers.queue().progress(run.id());
		RunOutcome outcome = this.control.execute(run, work.held(), (listeners) -> {
			if (format == BackupFormat.SNAPSHOT) {
				return new JobSource.Built(
						new SnapshotRestoreJobConfiguration(this.jobRepository, restore, listeners).job(), () -> {
						});
			}
			RestoreJobConfiguration configuration = new RestoreJobConfiguration(this.jobRepository, restore, listeners);
			return new JobSource.Built(configuration.job(), configuration::close);
		}, listener);
		RunSummary summary = report(run).summary(outcome, before);
		boolean complete = summary.exitCode() == ExitCode.COMPLETE;
		this.runs.update(run.id(), complete ? RunState.COMPLETE : RunState.OPEN, summary.message());
		return summary;
	}

	private RunReport report(Run run) {
		return new RunReport(run, this.ledgers.segments().collections(run.id()),
				this.ledgers.queue().progress(run.id()), this.ledgers.queue().rowsImported(run.id()), notes(run));
	}

	private RunReport.Notes notes(Run run) {
		Map<Long, String> notes = new HashMap<>();
		this.ledgers.targets().targets(run.id()).forEach((id, target) -> notes.put(id, target.note()));
		return new RunReport.Notes(this.ledgers.segments().notes().notes(run.id()), notes);
	}

	private Run decide(RunIdentity identity, RestoreRequest request, RequestFingerprint fingerprint) {
		Optional<Run> latest = this.runs.latest(identity);
		if (latest.isPresent()) {
			Run run = latest.get();
			if (request.restoreId() != null && !run.fingerprint().equals(fingerprint.value())) {
				throw new LaunchException(ExitCode.USAGE,
						"unable to restore '" + request.name() + "' as '" + request.restoreId()
								+ "': this run was requested with other options: "
								+ fingerprint.differenceFrom(RequestFingerprint.parse(run.request())),
						"choose another --restore_id, or repeat the command with the same options");
			}
			requireUsable(run, request);
			if (run.state() == RunState.OPEN || request.restoreId() != null) {
				return run;
			}
		}
		Run run = this.runs.open(identity, request.name().value(), fingerprint.value(), fingerprint.request());
		this.requests.put(run.id(), RestoreRequestCodec.write(request));
		if (request.restoreId() != null) {
			this.runs.name(run.id(), RunKind.RESTORE, request.restoreId());
		}
		return run;
	}

	/**
	 * A restore without a name begins anew; a name stands for one run.
	 */
	private static void requireUsable(Run run, RestoreRequest request) {
		if (run.state() == RunState.ABANDONED && request.restoreId() != null) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to restore '" + request.name() + "' as '" + request.restoreId() + "': run '" + run.id()
							+ "' of this name was abandoned",
					"choose another --restore_id, and remove what it has created");
		}
	}

	private static RestorePlanRequest plan(RestoreRequest request, Run run) {
		RestoreRequest.Options options = request.options();
		String taskId = run.fingerprint().substring(0, 12) + "_" + run.id();
		return new RestorePlanRequest(request.name(), request.sourceFilter(), request.targetFilter(), request.suffix(),
				request.renames(),
				new RestorePlanRequest.Options(options.rebuildIndex(), options.useAutoIndex(), options.metaOnly(),
						options.dropExistCollection(), options.dropExistIndex(), options.skipCreateCollection()),
				taskId, request.details());
	}

	private Staging staging(ObjectStore backup) {
		Settings settings = this.connections.settings();
		if (!RestorePlaces.needsStaging(settings.backupStorage(), settings.milvusStorage())) {
			return new Staging(null);
		}
		ObjectStore store = this.connections.stores().open(settings.milvusStorage());
		return new Staging(new StagingPlace(store, ObjectCopiers.between(backup, store, settings.transferMode()),
				settings.transferConcurrency()));
	}

	private RunIdentity identity(RestoreRequest request, ObjectStore backup, BackupLayout layout,
			RequestFingerprint fingerprint) {
		String subject = request.name() + " into " + this.connections.settings().milvus().target() + " "
				+ ((request.restoreId() != null) ? "as " + request.restoreId() : fingerprint.value());
		return new RunIdentity(RunKind.RESTORE, backup.address() + "/" + layout.root(), subject);
	}

	private RequestFingerprint fingerprint(RestoreRequest request) {
		Map<String, String> options = new TreeMap<>(Map.of("backup", request.name().value(), "milvus",
				this.connections.settings().milvus().target(), "source filter", request.sourceFilter().toString(),
				"filter", request.targetFilter().toString(), "suffix", request.suffix(), "rename",
				String.join(",", request.renames()), "options", request.options().toString()));
		// keys open the logs, and another key does not make another restore
		RestoreDetails details = request.details().withKeys(EncryptionKeys.NONE);
		if (!details.equals(RestoreDetails.NONE)) {
			options.put("details", details.toString());
		}
		return RequestFingerprint.of(options);
	}

	private record Held(Run run, HeldRun held) {
	}

	/**
	 * Where copies go that Milvus can read; closes its store.
	 */
	private record Staging(@Nullable StagingPlace place) implements AutoCloseable {

		@Override
		public void close() {
			if (this.place != null) {
				this.place.store().close();
			}
		}

	}

}
