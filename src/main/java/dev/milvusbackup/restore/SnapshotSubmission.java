package dev.milvusbackup.restore;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.milvusbackup.layout.SnapshotUris;
import dev.milvusbackup.ledger.ImportLedger;
import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.ledger.TargetProgress.Creation;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.MilvusSchema;
import dev.milvusbackup.milvus.MilvusSnapshots;
import dev.milvusbackup.milvus.MilvusSnapshots.Place;
import dev.milvusbackup.milvus.SnapshotJob;

/**
 * Starts the job that makes a collection of its snapshot, or finds the one that was
 * started: a job makes a new collection or fails, so no row can come back twice, and the
 * server's own list of jobs tells whether one was received whose answer was lost.
 * Thread-safe.
 */
final class SnapshotSubmission {

	private static final int LISTINGS = 4;

	private final RestoreRun run;

	private final ImportLedger ledger;

	private final RestoreTargets targets;

	private final MilvusSnapshots server;

	private final MilvusSchema schema;

	private final ImportTimings timings;

	private final BooleanSupplier stop;

	SnapshotSubmission(RestoreRun run, ImportTimings timings, BooleanSupplier stop) {
		this.run = run;
		this.ledger = run.ledgers().imports();
		this.targets = run.targets();
		this.server = run.milvus().snapshots();
		this.schema = run.milvus().schema();
		this.timings = timings;
		this.stop = stop;
	}

	void submit(PlannedImport planned, RestoreTarget target) {
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
	void reconcile(PlannedImport planned, RestoreTarget target) {
		long baseline = baseline(target);
		for (int listing = 1; !this.stop.getAsBoolean(); listing++) {
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
			LockSupport.parkNanos(this.timings.settle().dividedBy(LISTINGS - 1L).toNanos());
		}
	}

}
