package dev.milvusbackup.restore;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.ImportLedger;
import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.ledger.TargetProgress.Creation;
import dev.milvusbackup.milvus.JobWatch;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.MilvusSchema;
import dev.milvusbackup.milvus.MilvusSnapshots;
import dev.milvusbackup.milvus.SnapshotJob;

/**
 * Lets Milvus make one collection of its snapshot. Can be executed again after a kill at
 * any point. Thread-safe.
 */
final class SnapshotRestore {

	private static final int MOST_TRIES = 3;

	private final RestoreRun run;

	private final ImportLedger ledger;

	private final RestoreTargets targets;

	private final MilvusSnapshots server;

	private final MilvusSchema schema;

	private final ImportTimings timings;

	private final JobWatch watch;

	private final SnapshotSubmission submission;

	private final BooleanSupplier stop;

	SnapshotRestore(RestoreRun run, ImportTimings timings, JobWatch watch, BooleanSupplier stop) {
		this.run = run;
		this.ledger = run.ledgers().imports();
		this.targets = run.targets();
		this.server = run.milvus().snapshots();
		this.schema = run.milvus().schema();
		this.timings = timings;
		this.watch = watch;
		this.stop = stop;
		this.submission = new SnapshotSubmission(run, timings, this::isStopping);
	}

	/**
	 * Returns when the collection is there, or early when it is to stop.
	 * @throws MilvusException of kind REFUSED when Milvus cannot restore it
	 */
	void execute(RestoreTarget target) {
		if (target.createdByRun()) {
			return;
		}
		for (int tries = 0; !isStopping();) {
			PlannedImport planned = planned(target);
			switch (planned.state()) {
				case PLANNED, FAILED -> {
					requireTries(++tries, planned, target);
					this.submission.submit(planned, target);
				}
				case SUBMITTING -> this.submission.reconcile(planned, target);
				case SUBMITTED -> await(planned);
				case IMPORTED -> {
					new SnapshotAdjustment(this.run, target).apply();
					this.targets.created(target, Creation.CREATED);
					return;
				}
			}
		}
	}

	private PlannedImport planned(RestoreTarget target) {
		try (Stream<PlannedImport> imports = this.run.ledgers()
			.queue()
			.ofCollection(this.run.id(), target.name().toString())) {
			return imports.filter((planned) -> planned.order() == ImportOrder.SNAPSHOT).findFirst().orElseThrow();
		}
	}

	private void requireTries(int tries, PlannedImport planned, RestoreTarget target) {
		if (tries <= MOST_TRIES) {
			LockSupport.parkNanos((tries > 1) ? this.timings.retry().multipliedBy(1L << (tries - 2)).toNanos() : 0);
			return;
		}
		if (planned.state() == State.FAILED) {
			this.schema.dropCollection(target.name());
			this.targets.created(target, Creation.NONE);
		}
		throw new MilvusException(Kind.REFUSED, "unable to restore the snapshot of '" + target.name() + "': "
				+ (planned.reason().isEmpty() ? "Milvus started no job" : planned.reason()), null, null);
	}

	private void await(PlannedImport planned) {
		long id = Optional.ofNullable(planned.jobId()).orElseThrow();
		Optional<SnapshotJob> over;
		try {
			over = this.watch.await(() -> this.server.restoreJob(id), this.stop,
					(job) -> this.ledger.progress(this.run.id(), planned.key(), job.progressPercent()));
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.NOT_FOUND) {
				throw ex;
			}
			this.ledger.failed(this.run.id(), planned.key(), "the server lost the job");
			return;
		}
		over.ifPresent((job) -> {
			if (job.state() == SnapshotJob.State.COMPLETED) {
				this.ledger.imported(this.run.id(), planned.key(), planned.rows());
			}
			else {
				this.ledger.failed(this.run.id(), planned.key(), job.reason());
			}
		});
	}

	private boolean isStopping() {
		return this.stop.getAsBoolean() || Thread.currentThread().isInterrupted();
	}

}
