package dev.milvusbackup.restore;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.milvusbackup.ledger.ImportLedger;
import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.milvus.BulkImport;
import dev.milvusbackup.milvus.BulkImport.ImportJob;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.restore.RestoreException.Kind;
import org.springframework.batch.core.job.JobInterruptedException;

/**
 * Keeps import jobs running, as many at once as allowed, until all of one order are done.
 * One thread does it all, in short rounds, so that at most one import is ever between its
 * call and the ledger.
 */
final class ImportPump {

	private final RestoreRun run;

	private final ImportLedger ledger;

	private final BulkImport server;

	private final RestoreTargets targets;

	private final ImportTimings timings;

	private final InstantSource clock = InstantSource.system();

	private final OpenImports work;

	private final ImportSubmission submission;

	private final VanishedImports vanished;

	private final Map<String, RestoreTarget> open = new HashMap<>();

	private final List<RunningImport> running = new ArrayList<>();

	private final List<RunningImport> stalled = new ArrayList<>();

	/** Until then nothing is submitted. */
	private Instant quietUntil = Instant.MIN;

	private long finished;

	ImportPump(RestoreRun run, int order, ImportTimings timings, ImportKeys keys) {
		this.run = run;
		this.ledger = run.ledgers().imports();
		this.server = run.milvus().bulkImport();
		this.targets = run.targets();
		this.timings = timings;
		this.work = new OpenImports(run.id(), run.ledgers().queue(), order, timings);
		this.submission = new ImportSubmission(run, timings, keys);
		this.vanished = new VanishedImports(run);
		this.targets.open().forEach((target) -> this.open.put(target.name().toString(), target));
	}

	/**
	 * Asks for the state of jobs that are due and starts others.
	 * @param stop asked often; when it is true the round ends, and what runs stays in the
	 * ledger for the next execution
	 * @return whether there is something left to do
	 * @throws RestoreException of kind STALLED when jobs stand still and all others have
	 * ended
	 */
	boolean round(BooleanSupplier stop) throws JobInterruptedException {
		poll(stop);
		if (this.stalled.isEmpty()) {
			submit(stop);
		}
		if (!this.stalled.isEmpty() && this.running.isEmpty()) {
			throw new RestoreException(Kind.STALLED,
					"unable to import " + this.stalled + ": no progress for " + this.timings.noProgress().toSeconds()
							+ " s",
					"look at Milvus's data nodes and its log, then run the same command again: "
							+ "it waits for the same jobs");
		}
		return !(this.running.isEmpty() && this.vanished.isEmpty() && this.work.isEmpty());
	}

	/**
	 * Imports that ended well so far.
	 */
	long finished() {
		return this.finished;
	}

	private void poll(BooleanSupplier stop) {
		for (RunningImport job : List.copyOf(this.running)) {
			if (stop.getAsBoolean()) {
				return;
			}
			if (job.isDue(this.clock.instant())) {
				poll(job);
			}
		}
		resolveVanished();
	}

	private void poll(RunningImport running) {
		ImportJob job;
		try {
			job = this.server.job(running.planned().target(), running.jobId());
		}
		catch (MilvusException ex) {
			if (ex.kind() != MilvusException.Kind.NOT_FOUND) {
				throw ex;
			}
			this.running.remove(running);
			this.vanished.add(running.planned());
			return;
		}
		Instant now = this.clock.instant();
		if (running.seen(job, now)) {
			this.running.forEach((other) -> other.otherProgressed(now));
		}
		if (job.state() == ImportJob.State.COMPLETED) {
			this.running.remove(running);
			completed(running.planned(), job.rows());
		}
		else if (job.state() == ImportJob.State.FAILED) {
			this.running.remove(running);
			failed(running.planned(), job.reason());
		}
		else if (running.isStalled(now)) {
			this.running.remove(running);
			this.stalled.add(running);
		}
	}

	/**
	 * To Milvus a directory that it cannot see is an empty one.
	 */
	private void completed(PlannedImport planned, long rows) {
		if (rows == 0 && planned.rows() > 0 && !planned.hasDeletes()) {
			String reason = "Milvus found nothing in " + planned.paths()
					+ ": it does not read the storage of the milvus section, "
					+ this.run.places().milvusStorage().place();
			this.ledger.failed(this.run.id(), planned.key(), reason);
			failCollection(planned, reason);
		}
		else {
			this.ledger.imported(this.run.id(), planned.key(), rows);
			this.finished++;
		}
	}

	private void submit(BooleanSupplier stop) throws JobInterruptedException {
		while (this.running.size() < this.run.settings().importConcurrency() && !stop.getAsBoolean()
				&& !this.clock.instant().isBefore(this.quietUntil)) {
			Optional<PlannedImport> next = this.work.next(this.clock.instant());
			if (next.isEmpty()) {
				return;
			}
			RestoreTarget target = this.open.get(next.get().collection());
			if (target != null && this.vanished.concerns(target)) {
				this.work.postpone(next.get(), this.clock.instant());
			}
			else if (target != null) {
				start(next.get(), target);
			}
		}
	}

	private void start(PlannedImport planned, RestoreTarget target) throws JobInterruptedException {
		try {
			long job = this.submission.start(planned, target);
			this.running.add(new RunningImport(planned, job, this.timings, this.clock.instant()));
		}
		catch (RestoreException ex) {
			failCollection(planned, ex.getMessage());
		}
		catch (MilvusException ex) {
			if (ex.kind() == MilvusException.Kind.UNAVAILABLE && !this.running.isEmpty()) {
				// the server takes no more jobs at present, or answers again when others
				// end
				Instant now = this.clock.instant();
				this.work.postpone(planned.again(State.PLANNED), now);
				this.quietUntil = now.plus(this.timings.retry());
				return;
			}
			boolean again = this.work.tryAgain(planned, State.PLANNED, this.clock.instant());
			boolean ofTarget = TargetLoop.concernsTargetOnly(ex);
			if (!again && !ofTarget || ex.kind() == MilvusException.Kind.DENIED) {
				throw ex;
			}
			if (!again) {
				failCollection(planned, ex.getMessage());
			}
		}
	}

	private void failed(PlannedImport planned, String reason) {
		this.ledger.failed(this.run.id(), planned.key(), reason);
		if (!this.work.tryAgain(planned, State.FAILED, this.clock.instant())) {
			failCollection(planned, "Milvus failed to import " + planned.paths() + ": " + reason);
		}
	}

	/**
	 * Its jobs that run are still brought to their end.
	 */
	private void failCollection(PlannedImport planned, String reason) {
		RestoreTarget target = this.open.remove(planned.collection());
		if (target != null) {
			this.targets.fail(target, reason);
		}
	}

	private void resolveVanished() {
		for (String collection : this.vanished.collections()) {
			boolean busy = this.running.stream().anyMatch((job) -> job.planned().collection().equals(collection));
			RestoreTarget target = this.open.get(collection);
			if (busy) {
				continue;
			}
			VanishedImports.Verdict verdict = this.vanished.resolve(collection, target);
			verdict.lost().forEach((planned) -> failed(planned, "the server lost the import job"));
			this.finished += verdict.imported();
			verdict.unknown().ifPresent((planned) -> failCollection(planned, VanishedImports.UNKNOWN));
		}
	}

}
