package dev.milvusbackup.launch;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.ledger.VerificationLedger;
import dev.milvusbackup.ledger.VerificationLedger.Verified;
import dev.milvusbackup.ledger.VerifyLedger;
import dev.milvusbackup.ledger.VerifyProgress;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.verify.VerifyJobConfiguration;
import dev.milvusbackup.verify.VerifyScope;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Carries out {@code verify} as a run. An unfinished one of the same backup and depth
 * goes on; a finished one begins anew, as a backup may be damaged at any time. Needs no
 * Milvus. Thread-safe.
 */
final class VerifyService {

	/** Enough to keep a store busy, and a bound on the memory of the buffers. */
	private static final int MOST_READERS = 16;

	private static final String DEEP = "deep";

	private final Connections connections;

	private final RunLedger runs;

	private final VerifyLedger ledger;

	private final VerificationLedger verifications;

	private final JobRepository jobRepository;

	private final RunControl control;

	VerifyService(Connections connections, LedgerDatabase database, JobRepository jobRepository, RunControl control) {
		this.connections = connections;
		this.runs = new RunLedger(database);
		this.ledger = new VerifyLedger(database);
		this.verifications = new VerificationLedger(database);
		this.jobRepository = jobRepository;
		this.control = control;
	}

	/**
	 * See {@link Runs#verify}.
	 */
	VerifyReport verify(VerifyRequest request, ProgressListener listener) {
		return this.control.during(() -> work(request, Resumption.NONE, listener));
	}

	/**
	 * See {@link Runs#resume}.
	 */
	RunSummary resume(Run run, ProgressListener listener) {
		if (run.state() == RunState.COMPLETE || run.state() == RunState.DAMAGED) {
			return report(run, (run.state() == RunState.COMPLETE) ? ExitCode.COMPLETE : ExitCode.DAMAGED, 0, 0)
				.summary();
		}
		Resumption resumption = Resumption.of(run);
		VerifyRequest request = new VerifyRequest(new BackupName(run.backup()), isDeep(run));
		return this.control.during(() -> work(request, resumption, listener)).summary();
	}

	/**
	 * Whether a run reads every byte.
	 */
	static boolean isDeep(Run run) {
		return Boolean.parseBoolean(RequestFingerprint.parse(run.request()).get(DEEP));
	}

	/**
	 * What makes verifications of a backup the same run.
	 * @param backup of the runs that make it
	 */
	static RunIdentity identity(RunIdentity backup) {
		return new RunIdentity(RunKind.VERIFY, backup.place(), backup.subject());
	}

	private VerifyReport work(VerifyRequest request, Resumption resumption, ProgressListener listener) {
		Settings settings = this.connections.settings();
		BackupLayout layout = new BackupLayout(settings.backupStorage().keyRoot(), request.name());
		try (ObjectStore store = this.connections.stores().open(settings.backupStorage())) {
			Optional<String> backupId = backupId(store, layout);
			RunIdentity identity = identity(BackupService.identity(store, layout));
			resumption.requireIdentity(identity);
			try (HeldRun held = this.control.hold(identity, null)) {
				resumption.requireLatest(this.runs.latest(identity));
				Run run = decide(identity, request, backupId.orElse(""));
				int readers = Math.min(MOST_READERS, settings.transferConcurrency());
				VerifyReport report = execute(run, held,
						new VerifyScope(run.id(), store, layout, request.deep(), readers, this.ledger), listener);
				if (report.exitCode() != ExitCode.STOPPED) {
					backupId.ifPresent((id) -> this.verifications.put(identity.place(), request.name().value(),
							new Verified(id, Instant.now(), request.deep(), report.objects(), report.problemCount())));
				}
				return report;
			}
		}
	}

	/** Empty when what should tell it is damaged, which the run finds too. */
	private static Optional<String> backupId(ObjectStore store, BackupLayout layout) {
		try {
			return Optional.of(new ManifestStore(store).readHeader(layout).id());
		}
		catch (ManifestException ex) {
			if (ex.kind() == ManifestException.Kind.DAMAGED) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	private Run decide(RunIdentity identity, VerifyRequest request, String backupId) {
		RequestFingerprint fingerprint = RequestFingerprint
			.of(Map.of("backup id", backupId, DEEP, Boolean.toString(request.deep())));
		return new UnfinishedRuns(this.runs, this.control)
			.of(identity, fingerprint, "given up on, as another verification was begun")
			.orElseGet(
					() -> this.runs.open(identity, request.name().value(), fingerprint.value(), fingerprint.request()));
	}

	private VerifyReport execute(Run run, HeldRun held, VerifyScope scope, ProgressListener listener) {
		RunOutcome outcome = this.control.execute(run, held, (listeners) -> {
			VerifyJobConfiguration configuration = new VerifyJobConfiguration(this.jobRepository, scope, listeners);
			return new JobSource.Built(configuration.job(), configuration::close);
		}, listener);
		if (outcome.status() == BatchStatus.COMPLETED) {
			boolean good = progress(run).problems() == 0;
			VerifyReport report = report(run, good ? ExitCode.COMPLETE : ExitCode.DAMAGED, outcome.seconds(),
					outcome.restarts());
			this.runs.update(run.id(), good ? RunState.COMPLETE : RunState.DAMAGED, report.message());
			return report;
		}
		Throwable failure = outcome.failure();
		String message = (failure != null) ? String.valueOf(failure.getMessage()) : "stopped";
		this.runs.update(run.id(), RunState.OPEN, message);
		if (outcome.status() == BatchStatus.STOPPED) {
			return report(run, ExitCode.STOPPED, outcome.seconds(), outcome.restarts());
		}
		throw (failure instanceof RuntimeException known) ? known : new LaunchException(ExitCode.FAILED,
				"unable to verify backup '" + run.backup() + "': " + message, "run the same command again to go on");
	}

	private VerifyReport report(Run run, ExitCode exitCode, double seconds, int restarts) {
		VerifyProgress found = progress(run);
		return new VerifyReport(exitCode, run.id(), run.backup(), isDeep(run), found.objects(), found.bytes(),
				found.hashed(), found.problems(), found.first(), seconds, restarts);
	}

	private VerifyProgress progress(Run run) {
		return this.ledger.find(run.id()).orElse(VerifyProgress.NONE);
	}

}
