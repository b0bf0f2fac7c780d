package dev.milvusbackup.backup;

import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedSnapshot;
import dev.milvusbackup.ledger.PlannedSnapshot.State;
import dev.milvusbackup.milvus.JobWatch;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusSnapshots;
import dev.milvusbackup.milvus.SnapshotJob;
import dev.milvusbackup.model.CollectionName;
import org.springframework.batch.core.job.JobInterruptedException;

/**
 * Takes the snapshot of one collection, lets Milvus export it, and drops it. Can be
 * executed again after a kill at any point. Whether an export was submitted whose answer
 * was lost, Milvus tells by refusing to drop its snapshot; when that is dropped no job
 * can be at work any more, and it has either left its result or is tried again with
 * another snapshot.
 */
final class SnapshotExport {

	private static final int MOST_ATTEMPTS = 3;

	private final SnapshotRun run;

	private final MilvusSnapshots server;

	private final SnapshotRelease release;

	private final PatientDrop drop;

	private final JobWatch watch;

	private final PlannedCollection collection;

	private final CollectionName name;

	private final BooleanSupplier stop;

	private final ExportedSnapshot exported;

	private int attempts = 1;

	/** Whether the job was submitted in this execution. */
	private boolean ownJob;

	SnapshotExport(ExportSnapshotsTasklet.Tools tools, PlannedCollection collection, BooleanSupplier stop) {
		this.run = tools.run();
		this.server = tools.run().milvus().snapshots();
		this.release = tools.release();
		this.drop = new PatientDrop(tools, this::requireGoingOn);
		this.watch = tools.watch();
		this.collection = collection;
		this.name = CollectionName.parse(collection.name());
		this.stop = stop;
		this.exported = new ExportedSnapshot(tools.run(), collection);
	}

	/**
	 * @throws SourceException of kind GONE when the name is that of another collection by
	 * now, or of kind SOURCE when Milvus cannot export it
	 */
	void execute() throws JobInterruptedException {
		PlannedSnapshot snapshot = this.run.snapshot(this.collection);
		while (snapshot.state() != State.EXPORTED) {
			requireGoingOn();
			snapshot = switch (snapshot.state()) {
				case PLANNED -> take(snapshot);
				case TAKEN -> snapshot.held() ? submit(snapshot) : anew(snapshot);
				case SUBMITTING -> resolve(snapshot);
				default -> await(snapshot);
			};
		}
		if (snapshot.held()) {
			this.release.releaseExported(snapshot);
		}
	}

	private PlannedSnapshot take(PlannedSnapshot planned) {
		PlannedSnapshot taking = planned.taking();
		this.run.put(taking);
		long before = rows();
		this.server.create(this.name, taking.name());
		long timestamp = this.server.find(this.name, taking.name()).orElse(0L);
		long after = rows();
		return put(taking.taken(timestamp, (before == after) ? after : 0));
	}

	private long rows() {
		return this.run.milvus().catalog().segments(this.name).stream().mapToLong(PersistentSegment::rows).sum();
	}

	private PlannedSnapshot submit(PlannedSnapshot taken) {
		PlannedSnapshot submitting = put(taken.submitting());
		this.ownJob = true;
		try {
			return put(submitting.submitted(this.server.export(this.name, taken.name(), this.exported.place())));
		}
		catch (MilvusException ex) {
			if (ex.kind() == MilvusException.Kind.UNKNOWN_OUTCOME) {
				return submitting;
			}
			put(submitting.notSubmitted());
			throw ex;
		}
	}

	private PlannedSnapshot await(PlannedSnapshot submitted) throws JobInterruptedException {
		Optional<SnapshotJob> job;
		try {
			job = this.watch.await(() -> this.server.exportJob(submitted.jobId()), this.stop, this::progress);
		}
		catch (MilvusException ex) {
			if (ex.kind() != MilvusException.Kind.NOT_FOUND) {
				throw ex;
			}
			return resolve(submitted);
		}
		if (job.isEmpty()) {
			throw new JobInterruptedException("stopped while '" + this.name + "' is exported");
		}
		if (job.get().state() == SnapshotJob.State.FAILED) {
			return failed(submitted, job.get().reason());
		}
		return ended(submitted, job.get().result());
	}

	private void progress(SnapshotJob job) {
		this.run.ledger()
			.progress(this.run.scope().run(), this.collection.collectionId(), job.result().copiedFiles(),
					job.result().files());
	}

	/**
	 * What lies elsewhere is forgotten: another configuration may mend it, and has mended
	 * it perhaps since an earlier execution asked for it.
	 */
	private PlannedSnapshot ended(PlannedSnapshot submitted, SnapshotJob.Result result) throws JobInterruptedException {
		Optional<String> path = this.exported.path(result.description());
		if (path.isPresent()) {
			return put(submitted.exported(path.get(), result.files(), result.bytes()));
		}
		PlannedSnapshot dropped = this.drop.drop(submitted);
		if (!this.ownJob) {
			return anew(dropped);
		}
		put(this.run.next(this.collection, dropped));
		throw this.exported.elsewhere(result.description());
	}

	/**
	 * Nobody can tell of the job, if there was one.
	 */
	private PlannedSnapshot resolve(PlannedSnapshot unknown) throws JobInterruptedException {
		boolean adopted = unknown.attempt() == 0;
		PlannedSnapshot released = this.drop
			.drop(adopted ? unknown.at(this.server.find(this.name, unknown.name()).orElse(0L)) : unknown);
		Optional<PlannedSnapshot> found = this.exported.found(released);
		return found.isPresent() ? put(found.get()) : anew(released);
	}

	private PlannedSnapshot failed(PlannedSnapshot submitted, String reason) throws JobInterruptedException {
		if (this.attempts == MOST_ATTEMPTS) {
			this.drop.drop(submitted);
			put(this.run.next(this.collection, submitted));
			throw new SourceException(Kind.SOURCE, "unable to export the snapshot of '" + this.name + "': " + reason,
					"see the log of Milvus's data coordinator, then run the same command again");
		}
		return anew(this.drop.drop(submitted));
	}

	private PlannedSnapshot anew(PlannedSnapshot former) {
		if (this.attempts == MOST_ATTEMPTS) {
			throw new SourceException(Kind.SOURCE,
					"unable to export the snapshot of '" + this.name + "': Milvus lost the job or the snapshot "
							+ MOST_ATTEMPTS + " times",
					"see the log of Milvus's data coordinator, then run the same command again");
		}
		this.attempts++;
		this.exported.clear();
		return put(this.run.next(this.collection, former));
	}

	private PlannedSnapshot put(PlannedSnapshot snapshot) {
		this.run.put(snapshot);
		return snapshot;
	}

	private void requireGoingOn() throws JobInterruptedException {
		if (this.stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
			throw new JobInterruptedException("stopped before the snapshot of '" + this.name + "' was exported");
		}
	}

}
