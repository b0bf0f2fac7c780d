package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.milvusbackup.layout.SnapshotUris;
import dev.milvusbackup.ledger.ImportLedger;
import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.ledger.TargetProgress.Creation;
import dev.milvusbackup.milvus.JobWatch;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.MilvusSchema;
import dev.milvusbackup.milvus.MilvusSnapshots;
import dev.milvusbackup.milvus.MilvusSnapshots.Place;
import dev.milvusbackup.milvus.SnapshotJob;

/**
 * Lets Milvus make one collection of its snapshot. Can be executed again after a kill at
 * any point: a job makes a new collection or fails, so no row can come back twice, and
 * the server's own list of jobs tells whether one was received whose answer was lost.
 * Thread-safe.
 */
final class SnapshotRestore {

	private static final int MOST_TRIES = 3;

	private static final int LISTINGS = 4;

	private final RestoreRun run;

	private final ImportLedger ledger;

	private final RestoreTargets targets;

	private final MilvusSnapshots server;

	private final MilvusSchema schema;

	private final ImportTimings timings;

	private final JobWatch watch;

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
					submit(planned, target);
				}
				case SUBMITTING -> reconcile(planned, target);
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
			pause((tries > 1) ? this.timings.retry().multipliedBy(1L << (tries - 2)) : Duration.ZERO);
			return;
		}
		if (planned.state() == State.FAILED) {
			this.schema.dropCollection(target.name());
			this.targets.created(target, Creation.NONE);
		}
		throw new MilvusException(Kind.REFUSED, "unable to restore the snapshot of '" + target.name() + "': "
				+ (planned.reason().isEmpty() ? "Milvus started no job" : planned.reason()), null, null);
	}

	private void submit(PlannedImport planned, RestoreTarget target) {
		baseline(target);
		makeWay(planned, target);
		SnapshotUris uris = new SnapshotUris(this.run.places().milvusStorage(), this.run.places().backupStorage());
		String key = this.run.places().layout().directory().key(planned.paths().get(0)).value();
		this.targets.created(target, Creation.CREATING);
		this.ledger.submitting(this.run.id(), planned.key());
		try {
			long job = this.server.restore(target.name(), new Place(uris.uri(key), uris.externalSpec()));
			this.ledger.submitted(this.run.id(), planned.key(), job);
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.UNKNOWN_OUTCOME) {
				this.ledger.notSubmitted(this.run.id(), planned.key());
				this.targets.created(target, Creation.NONE);
				throw ex;
			}
		}
	}

	/**
	 * A job that failed leaves half a collection behind; one of somebody else is dropped
	 * on request only.
	 */
	private void makeWay(PlannedImport planned, RestoreTarget target) {
		if (!this.schema.collectionExists(target.name())) {
			return;
		}
		if (planned.state() != State.FAILED && !this.run.request().options().dropExistCollection()) {
			throw new MilvusException(Kind.REFUSED, "unable to restore '" + target.name() + "': it exists already",
					null, null);
		}
		this.schema.dropCollection(target.name());
	}

	/**
	 * The newest job before the first of this run: whatever is older belongs to others.
	 */
	private long baseline(RestoreTarget target) {
		long known = this.run.ledgers()
			.targets()
			.targets(this.run.id())
			.getOrDefault(target.id(), target.progress())
			.importBaseline();
		if (known >= 0) {
			return known;
		}
		long newest = this.server.restoreJobs(target.name()).stream().mapToLong(SnapshotJob::id).max().orElse(0);
		this.run.ledgers().targets().importBaseline(this.run.id(), target.id(), newest);
		return newest;
	}

	/**
	 * Waits some time before it takes a missing job for not submitted.
	 */
	private void reconcile(PlannedImport planned, RestoreTarget target) {
		long baseline = baseline(target);
		for (int listing = 1; !isStopping(); listing++) {
			List<SnapshotJob> own = this.server.restoreJobs(target.name())
				.stream()
				.filter((job) -> job.id() > baseline)
				.sorted(Comparator.comparingLong(SnapshotJob::id))
				.toList();
			Optional<SnapshotJob> good = own.stream()
				.filter((job) -> job.state() != SnapshotJob.State.FAILED)
				.reduce((first, second) -> second);
			if (good.isPresent()) {
				this.ledger.submitted(this.run.id(), planned.key(), good.get().id());
				return;
			}
			if (listing == LISTINGS && !own.isEmpty()) {
				this.ledger.failed(this.run.id(), planned.key(), own.get(own.size() - 1).reason());
				return;
			}
			if (listing == LISTINGS) {
				this.ledger.notSubmitted(this.run.id(), planned.key());
				return;
			}
			pause(this.timings.settle().dividedBy(LISTINGS - 1L));
		}
	}

	private void await(PlannedImport planned) {
		long id = Optional.ofNullable(planned.jobId()).orElseThrow();
		Optional<SnapshotJob> over;
		try {
			over = this.watch.await(() -> this.server.restoreJob(id), this.stop);
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

	private static void pause(Duration duration) {
		LockSupport.parkNanos(duration.toNanos());
	}

}
