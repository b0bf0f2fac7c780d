package dev.milvusbackup.rest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunProgress;
import dev.milvusbackup.launch.VerifyReport;
import dev.milvusbackup.launch.VerifyService;
import dev.milvusbackup.ledger.VerificationLedger.Verified;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.storage.StoreConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies backups, one after the other, and remembers the last verification of each
 * while the server runs; what came of it, longer. Thread-safe.
 */
public final class Verifications {

	private static final Logger logger = LoggerFactory.getLogger(Verifications.class);

	private final VerifyService service;

	private final Backups backups;

	private final Map<String, Verification> last = new ConcurrentHashMap<>();

	private final ExecutorService thread;

	Verifications(Settings settings, StoreConnector stores, Backups backups) {
		this.service = new VerifyService(settings, stores);
		this.backups = backups;
		this.thread = Executors.newSingleThreadExecutor(new ServerThreads("verify-"));
	}

	/**
	 * Starts a verification.
	 * @param deep reads every byte
	 * @throws LaunchException when there is no such complete backup, or it is being
	 * verified
	 */
	public Verification start(BackupName name, boolean deep) {
		BackupEntry entry = this.backups.find(name, "")
			.orElseThrow(() -> new LaunchException(ExitCode.NOT_FOUND,
					"unable to verify backup '" + name + "': there is no such backup",
					"list the backups to see their names"));
		Verification started = new Verification(name.value(), deep, State.RUNNING, 0, 0, 0, List.of(), "",
				Instant.now(), null);
		this.last.merge(name.value(), started, (before, now) -> {
			if (before.state() == State.RUNNING) {
				throw new LaunchException(ExitCode.RUNNING,
						"unable to verify backup '" + name + "': it is being verified", "wait until that has ended");
			}
			return now;
		});
		this.thread.execute(() -> this.last.put(name.value(), verify(entry, started)));
		return started;
	}

	/**
	 * The last one that was started since the server runs.
	 */
	public Optional<Verification> last(BackupName name) {
		return Optional.ofNullable(this.last.get(name.value()));
	}

	void stop() {
		this.thread.shutdownNow();
	}

	private Verification verify(BackupEntry entry, Verification started) {
		BackupName name = entry.name();
		try {
			VerifyReport report = this.service.verify(name, started.deep(),
					(progress) -> this.last.put(name.value(), started.with(progress)));
			this.backups.verified(name,
					new Verified(entry.id(), Instant.now(), report.deep(), report.objects(), report.problemCount()));
			State state = (report.exitCode() == ExitCode.COMPLETE) ? State.GOOD : State.DAMAGED;
			return started.ended(state, report);
		}
		catch (BackupException ex) {
			return started.failed(String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			logger.error("verification of '{}' ended unexpectedly", name, ex);
			return started.failed("unexpected " + ex);
		}
	}

	/**
	 * Where a verification stands.
	 */
	public enum State {

		/** It waits or reads. */
		RUNNING,
		/** Everything is there and as it was written. */
		GOOD,
		/** Something is missing or different. */
		DAMAGED,
		/** It did not come to a result. */
		FAILED

	}

	/**
	 * A verification.
	 *
	 * @param problems the first of them
	 * @param message why it failed, else empty
	 * @param ended null while it runs
	 */
	public record Verification(String backup, boolean deep, State state, long objects, long bytes, long problemCount,
			List<VerifyReport.Problem> problems, String message, Instant started, @Nullable Instant ended) {

		Verification with(RunProgress progress) {
			return new Verification(this.backup, this.deep, State.RUNNING, progress.objects(), progress.bytes(), 0,
					List.of(), "", this.started, null);
		}

		Verification ended(State newState, VerifyReport report) {
			return new Verification(this.backup, this.deep, newState, report.objects(), report.bytes(),
					report.problemCount(), report.problems(), "", this.started, Instant.now());
		}

		Verification failed(String why) {
			return new Verification(this.backup, this.deep, State.FAILED, 0, 0, 0, List.of(), why, this.started,
					Instant.now());
		}

	}

}
