package dev.milvusbackup.launch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.config.Settings;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.manifest.BackupCatalog;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.manifest.DatedBackup;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.retention.Candidate;
import dev.milvusbackup.retention.RetentionPolicy;
import dev.milvusbackup.retention.Verdict;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out {@code expire}. Keeps no state of its own: what it has begun to delete is
 * marked in the store, and a later run, on whatever host, finishes it first. Thread-safe.
 */
final class ExpireService {

	private static final Logger logger = LoggerFactory.getLogger(ExpireService.class);

	private final Connections connections;

	private final RunLedger runs;

	private final RestoresInWork restores;

	private final RunControl control;

	ExpireService(Connections connections, RunLedger runs, RestoresInWork restores, RunControl control) {
		this.connections = connections;
		this.runs = runs;
		this.restores = restores;
		this.control = control;
	}

	/**
	 * See {@link Runs#expire}.
	 */
	ExpireReport expire(ExpireRequest request) {
		if (!request.policy().hasRule()) {
			throw new LaunchException(ExitCode.USAGE, "unable to expire backups: no rule says which to keep",
					"give one of --keep_last, --keep_daily, --keep_weekly, --keep_monthly and --keep_within");
		}
		return this.control.during(() -> work(request));
	}

	private ExpireReport work(ExpireRequest request) {
		long start = System.nanoTime();
		Settings settings = this.connections.settings();
		ObjectPrefix root = settings.backupStorage().keyRoot();
		try (ObjectStore store = this.connections.stores().open(settings.backupStorage())) {
			Place place = new Place(store, root, new BackupCatalog(store, root), request.policy());
			List<Candidate> candidates = place.catalog()
				.dated(request.prefix())
				.stream()
				.map((backup) -> candidate(place, backup))
				.toList();
			List<Verdict> verdicts = request.policy().decide(candidates, Instant.now());
			Deletions deletions = new Deletions(place);
			if (request.apply()) {
				deletions.delete(verdicts);
			}
			return deletions.report(request, verdicts, (System.nanoTime() - start) / 1e9);
		}
	}

	private Candidate candidate(Place place, DatedBackup backup) {
		BackupName name = backup.entry().name();
		return new Candidate(backup, flaw(place, backup.entry()), use(place, name));
	}

	private String flaw(Place place, BackupEntry backup) {
		Optional<Run> run = this.runs.latest(place.identity(backup.name()));
		boolean partial = run
			.filter((found) -> found.state() == RunState.PARTIAL && BackupStart.taskId(found).equals(backup.id()))
			.isPresent();
		return partial ? "some collections are missing" : "";
	}

	private String use(Place place, BackupName name) {
		Optional<LeaseOwner> worker = this.control.worker(place.identity(name)).or(() -> place.lease(name).liveOwner());
		return worker.map((owner) -> "in use by " + owner)
			.orElseGet(() -> this.restores.user(place.identity(name).place(), name, place.policy().grace()));
	}

	/**
	 * The backups of one root path.
	 */
	private record Place(ObjectStore store, ObjectPrefix root, BackupCatalog catalog, RetentionPolicy policy) {

		RunIdentity identity(BackupName name) {
			return BackupService.identity(this.store, layout(name));
		}

		LeaseObject lease(BackupName name) {
			return new LeaseObject(this.store, layout(name));
		}

		private BackupLayout layout(BackupName name) {
			return new BackupLayout(this.root, name);
		}

	}

	/**
	 * Deletes one backup after the other, the oldest first. One that fails keeps no other
	 * from being deleted.
	 */
	private final class Deletions {

		private final Place place;

		private final List<BackupName> deleted = new ArrayList<>();

		private final List<Failure> failures = new ArrayList<>();

		private long objects;

		private boolean stopped;

		Deletions(Place place) {
			this.place = place;
		}

		void delete(List<Verdict> newestFirst) {
			List<Verdict> oldestFirst = new ArrayList<>(newestFirst);
			Collections.reverse(oldestFirst);
			for (Verdict verdict : oldestFirst) {
				if (!verdict.expires()) {
					continue;
				}
				if (ExpireService.this.control.isStopping()) {
					this.stopped = true;
					return;
				}
				delete(verdict.backup().entry());
			}
		}

		private void delete(BackupEntry backup) {
			BackupName name = backup.name();
			try (HeldRun held = ExpireService.this.control.hold(this.place.identity(name), this.place.lease(name))) {
				requireUnused(backup, held);
				this.objects += this.place.catalog().expire(name);
				this.deleted.add(name);
				logger.info("expired backup {}", name);
			}
			catch (BackupException ex) {
				logger.warn("backup {} stays: {}", name, ex.getMessage());
				this.failures.add(new Failure(name, String.valueOf(ex.getMessage())));
			}
		}

		/**
		 * Looks again, now that no run of it can begin.
		 */
		private void requireUnused(BackupEntry backup, HeldRun held) {
			BackupName name = backup.name();
			String user = ExpireService.this.restores.user(this.place.identity(name).place(), name,
					this.place.policy().grace());
			boolean same = !held.isLost() && this.place.catalog().find(name).filter(backup::equals).isPresent();
			if (!user.isEmpty() || !same) {
				throw new LaunchException(ExitCode.RUNNING,
						"unable to delete backup '" + name + "': "
								+ (user.isEmpty() ? "it has changed meanwhile" : user),
						"run the same command again later");
			}
		}

		ExpireReport report(ExpireRequest request, List<Verdict> verdicts, double seconds) {
			ExitCode exitCode = !this.failures.isEmpty() ? ExitCode.FAILED
					: (this.stopped ? ExitCode.STOPPED : ExitCode.COMPLETE);
			List<ExpireReport.Outcome> outcomes = verdicts.stream().map((verdict) -> {
				BackupName name = verdict.backup().entry().name();
				return new ExpireReport.Outcome(verdict, this.deleted.contains(name), problem(name));
			}).toList();
			return new ExpireReport(exitCode, request.apply(), outcomes, this.objects, seconds);
		}

		private String problem(BackupName name) {
			return this.failures.stream()
				.filter((failure) -> failure.name().equals(name))
				.map(Failure::message)
				.findFirst()
				.orElse("");
		}

		private record Failure(BackupName name, String message) {
		}

	}

}
