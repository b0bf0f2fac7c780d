package dev.milvusbackup.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedSnapshot;
import dev.milvusbackup.ledger.PlannedSnapshot.State;
import dev.milvusbackup.milvus.JobWatch;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusSnapshots;
import dev.milvusbackup.milvus.MilvusSnapshots.Place;
import dev.milvusbackup.milvus.SnapshotJob;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectKey;
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

	private final SnapshotTimings timings;

	private final JobWatch watch;

	private final PlannedCollection collection;

	private final CollectionName name;

	private final BooleanSupplier stop;

	private final BundleObjects bundle;

	private int attempts = 1;

	SnapshotExport(ExportSnapshotsTasklet.Tools tools, PlannedCollection collection, BooleanSupplier stop) {
		this.run = tools.run();
		this.server = tools.run().milvus().snapshots();
		this.release = tools.release();
		this.timings = tools.timings();
		this.watch = tools.watch();
		this.collection = collection;
		this.name = CollectionName.parse(collection.name());
		this.stop = stop;
		this.bundle = new BundleObjects(this.run.places().target(), this.run.places().targetLayout(),
				collection.collectionId());
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
		Place target = new Place(this.run.uris().uri(this.run.places().targetLayout().bundle().value()),
				this.run.uris().externalSpec());
		try {
			return put(submitting.submitted(this.server.export(this.name, taken.name(), target)));
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
			job = this.watch.await(() -> this.server.exportJob(submitted.jobId()), this.stop);
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
		SnapshotJob.Result result = job.get().result();
		return put(submitted.exported(path(result.description(), submitted), result.files(), result.bytes()));
	}

	/**
	 * What lies elsewhere is forgotten: another configuration may mend it.
	 */
	private String path(String uri, PlannedSnapshot submitted) throws JobInterruptedException {
		ObjectKey key = this.run.uris()
			.key(uri)
			.filter(this.run.places().targetLayout().bundle()::contains)
			.orElse(null);
		if (key == null || this.run.places().target().stat(key).isEmpty()) {
			put(this.run.next(this.collection, letGo(submitted)));
			throw new SourceException(Kind.PREFLIGHT,
					"unable to find the snapshot of '" + this.name + "': Milvus exported it to '" + uri
							+ "', which is not in '" + this.run.places().target().address() + "/"
							+ this.run.places().targetLayout().bundle() + "'",
					"let backup.storage be a store that Milvus reaches too; if it does so by another address,"
							+ " set backup.storage.milvusAddress");
		}
		if (!this.bundle.isDescription(key)) {
			throw new SourceException(Kind.GONE, "it was dropped and created again meanwhile", null);
		}
		return this.run.places().targetLayout().relative(key);
	}

	/**
	 * Nobody can tell of the job, if there was one.
	 */
	private PlannedSnapshot resolve(PlannedSnapshot unknown) throws JobInterruptedException {
		boolean adopted = unknown.attempt() == 0;
		PlannedSnapshot released = letGo(
				adopted ? unknown.at(this.server.find(this.name, unknown.name()).orElse(0L)) : unknown);
		Optional<ObjectKey> description = this.bundle.description();
		if (description.isPresent()) {
			BundleObjects.Sum sum = this.bundle.sum();
			String path = this.run.places().targetLayout().relative(description.get());
			return put(released.exported(path, sum.files(), sum.bytes()));
		}
		return anew(released);
	}

	/**
	 * Waits as long as an export works with the snapshot.
	 */
	private PlannedSnapshot letGo(PlannedSnapshot snapshot) throws JobInterruptedException {
		Instant end = Instant.now().plus(this.timings.watch().noProgress());
		Duration wait = this.timings.watch().first();
		while (true) {
			try {
				others(snapshot).forEach((other) -> this.server.drop(this.name, other));
				return this.release.drop(snapshot);
			}
			catch (MilvusException ex) {
				if (ex.kind() != MilvusException.Kind.REFUSED || Instant.now().isAfter(end)) {
					throw ex;
				}
			}
			requireGoingOn();
			LockSupport.parkNanos(wait.toNanos());
			wait = (wait.multipliedBy(2).compareTo(this.timings.watch().longest()) < 0) ? wait.multipliedBy(2)
					: this.timings.watch().longest();
		}
	}

	/**
	 * Those of later attempts that only the lost ledger knew.
	 */
	private List<String> others(PlannedSnapshot snapshot) {
		return (snapshot.attempt() > 0) ? List.of()
				: this.server.names(this.name)
					.stream()
					.filter((other) -> other.startsWith(snapshot.name() + "_"))
					.toList();
	}

	private PlannedSnapshot failed(PlannedSnapshot submitted, String reason) throws JobInterruptedException {
		if (this.attempts == MOST_ATTEMPTS) {
			letGo(submitted);
			put(this.run.next(this.collection, submitted));
			throw new SourceException(Kind.SOURCE, "unable to export the snapshot of '" + this.name + "': " + reason,
					"see the log of Milvus's data coordinator, then run the same command again");
		}
		return anew(letGo(submitted));
	}

	private PlannedSnapshot anew(PlannedSnapshot former) {
		if (this.attempts == MOST_ATTEMPTS) {
			throw new SourceException(Kind.SOURCE,
					"unable to export the snapshot of '" + this.name + "': Milvus lost the job or the snapshot "
							+ MOST_ATTEMPTS + " times",
					"see the log of Milvus's data coordinator, then run the same command again");
		}
		this.attempts++;
		this.bundle.clear();
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
