package dev.milvusbackup.launch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.ledger.ExpiryLedger;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.PlannedExpiry;
import dev.milvusbackup.ledger.RequestLedger;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.manifest.BackupCatalog;
import dev.milvusbackup.retention.ExpireJobConfiguration;
import dev.milvusbackup.retention.Expiry;
import dev.milvusbackup.retention.RetentionException;
import dev.milvusbackup.retention.RetentionPolicy;
import dev.milvusbackup.retention.Verdict;
import dev.milvusbackup.storage.ObjectStore;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Carries out {@code expire}: tells what would go, or deletes it as a run. An unfinished
 * run of the same rules goes on; one of other rules is given up on, as what it had begun
 * to delete is marked in the store and goes first in any run. Thread-safe.
 */
final class ExpireService {

	private final Connections connections;

	private final RunLedger runs;

	private final RequestLedger requests;

	private final ExpiryLedger ledger;

	private final RestoresInWork restores;

	private final JobRepository jobRepository;

	private final RunControl control;

	ExpireService(Connections connections, LedgerDatabase database, RestoresInWork restores,
			JobRepository jobRepository, RunControl control) {
		this.connections = connections;
		this.runs = new RunLedger(database);
		this.requests = new RequestLedger(database);
		this.ledger = new ExpiryLedger(database);
		this.restores = restores;
		this.jobRepository = jobRepository;
		this.control = control;
	}

	/**
	 * See {@link Runs#expire}.
	 */
	ExpireReport expire(ExpireRequest request, ProgressListener listener) {
		if (!request.policy().hasRule()) {
			throw new LaunchException(ExitCode.USAGE, "unable to expire backups: no rule says which to keep",
					"give one of --keep_last, --keep_daily, --keep_weekly, --keep_monthly and --keep_within");
		}
		return this.control.during(() -> work(request, Resumption.NONE, listener));
	}

	/**
	 * See {@link Runs#resume}.
	 */
	RunSummary resume(Run run, ProgressListener listener) {
		if (run.state() == RunState.COMPLETE) {
			return new ExpireReport(ExitCode.COMPLETE, true, run.id(), ExpiryOutcomes.of(List.of(), backups(run)),
					objects(run), 0, 0)
				.summary(run.backup());
		}
		Resumption resumption = Resumption.of(run);
		ExpireRequest request = this.requests.find(run.id())
			.map((content) -> RequestCodec.read(run.id(), content, ExpireRequest.class))
			.orElseThrow(() -> RequestCodec.unknown(run.id()));
		return this.control.during(() -> work(request, resumption, listener)).summary(run.backup());
	}

	private ExpireReport work(ExpireRequest request, Resumption resumption, ProgressListener listener) {
		Settings settings = this.connections.settings();
		try (ObjectStore store = this.connections.stores().open(settings.backupStorage())) {
			BackupsInUse.Place place = new BackupsInUse.Place(store, settings.backupStorage().keyRoot());
			if (!request.apply()) {
				return dryRun(expiry(0, request, place));
			}
			RunIdentity identity = new RunIdentity(RunKind.EXPIRE, store.address() + "/" + place.root().value(),
					request.backups());
			resumption.requireIdentity(identity);
			try (HeldRun held = this.control.hold(identity, null)) {
				resumption.requireLatest(this.runs.latest(identity));
				Run run = decide(identity, request);
				return execute(run, held, expiry(run.id(), request, place), listener);
			}
		}
	}

	private static ExpireReport dryRun(Expiry expiry) {
		long start = System.nanoTime();
		List<Verdict> verdicts = expiry.verdicts();
		return new ExpireReport(ExitCode.COMPLETE, false, 0, ExpiryOutcomes.of(verdicts, List.of()), 0,
				(System.nanoTime() - start) / 1e9, 0);
	}

	private Expiry expiry(long run, ExpireRequest request, BackupsInUse.Place place) {
		return new Expiry(run, request.prefix(), request.policy(), new BackupCatalog(place.store(), place.root()),
				new BackupsInUse(place, this.runs, this.restores, this.control, request.policy().grace()), this.ledger);
	}

	private Run decide(RunIdentity identity, ExpireRequest request) {
		RequestFingerprint fingerprint = fingerprint(request);
		Optional<Run> unfinished = new UnfinishedRuns(this.runs, this.control).of(identity, fingerprint,
				"given up on, as other rules were applied");
		if (unfinished.isPresent()) {
			return unfinished.get();
		}
		Run run = this.runs.open(identity, request.backups(), fingerprint.value(), fingerprint.request());
		this.requests.put(run.id(), RequestCodec.write(request));
		return run;
	}

	private ExpireReport execute(Run run, HeldRun held, Expiry expiry, ProgressListener listener) {
		AtomicReference<List<Verdict>> verdicts = new AtomicReference<>(List.of());
		RunOutcome outcome = this.control.execute(run, held, (listeners) -> new JobSource.Built(
				new ExpireJobConfiguration(this.jobRepository, expiry, listeners).job(verdicts::set), () -> {
					// the store is the caller's
				}), listener);
		ExpireReport report = new ExpireReport(exitCode(outcome), true, run.id(),
				ExpiryOutcomes.of(verdicts.get(), backups(run)), objects(run), outcome.seconds(), outcome.restarts());
		boolean complete = report.exitCode() == ExitCode.COMPLETE;
		boolean told = outcome.failure() == null || outcome.failure() instanceof RetentionException;
		this.runs.update(run.id(), complete ? RunState.COMPLETE : RunState.OPEN,
				told ? report.message() : String.valueOf(outcome.failure().getMessage()));
		if (!told && outcome.failure() instanceof RuntimeException failure) {
			throw failure;
		}
		return report;
	}

	private static ExitCode exitCode(RunOutcome outcome) {
		return switch (outcome.status()) {
			case COMPLETED -> ExitCode.COMPLETE;
			case STOPPED -> ExitCode.STOPPED;
			default -> ExitCode.FAILED;
		};
	}

	private List<PlannedExpiry> backups(Run run) {
		return this.ledger.backups(run.id());
	}

	private long objects(Run run) {
		return this.ledger.progress(run.id()).objectsDone();
	}

	private static RequestFingerprint fingerprint(ExpireRequest request) {
		RetentionPolicy policy = request.policy();
		return RequestFingerprint.of(new TreeMap<>(Map.of("prefix", request.prefix(), "keep_last",
				Integer.toString(policy.last()), "keep_daily", Integer.toString(policy.daily()), "keep_weekly",
				Integer.toString(policy.weekly()), "keep_monthly", Integer.toString(policy.monthly()), "keep_within",
				policy.within().toString(), "grace", policy.grace().toString())));
	}

}
