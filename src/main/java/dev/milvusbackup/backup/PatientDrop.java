package dev.milvusbackup.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.milvusbackup.ledger.PlannedSnapshot;
import dev.milvusbackup.milvus.JobWatch;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusSnapshots;
import dev.milvusbackup.model.CollectionName;
import org.springframework.batch.core.job.JobInterruptedException;

/**
 * Drops a snapshot with which an export may still be at work: when it is dropped, none is
 * any more.
 */
final class PatientDrop {

	private final MilvusSnapshots server;

	private final SnapshotRelease release;

	private final JobWatch.Timing timing;

	private final Going going;

	PatientDrop(ExportSnapshotsTasklet.Tools tools, Going going) {
		this.server = tools.run().milvus().snapshots();
		this.release = tools.release();
		this.timing = tools.timings().watch();
		this.going = going;
	}

	/**
	 * Waits as long as an export works with it.
	 * @throws MilvusException of kind REFUSED when that takes too long
	 */
	PlannedSnapshot drop(PlannedSnapshot snapshot) throws JobInterruptedException {
		Instant end = Instant.now().plus(this.timing.noProgress());
		Duration wait = this.timing.first();
		CollectionName collection = CollectionName.parse(snapshot.collection());
		while (true) {
			try {
				others(snapshot, collection).forEach((other) -> this.server.drop(collection, other));
				return this.release.drop(snapshot);
			}
			catch (MilvusException ex) {
				if (ex.kind() != MilvusException.Kind.REFUSED || Instant.now().isAfter(end)) {
					throw ex;
				}
			}
			this.going.require();
			LockSupport.parkNanos(wait.toNanos());
			wait = (wait.multipliedBy(2).compareTo(this.timing.longest()) < 0) ? wait.multipliedBy(2)
					: this.timing.longest();
		}
	}

	/**
	 * Those of later attempts that only the lost ledger knew.
	 */
	private List<String> others(PlannedSnapshot snapshot, CollectionName collection) {
		return (snapshot.attempt() > 0) ? List.of()
				: this.server.names(collection)
					.stream()
					.filter((other) -> other.startsWith(snapshot.name() + "_"))
					.toList();
	}

	/**
	 * Says whether the step goes on.
	 */
	@FunctionalInterface
	interface Going {

		void require() throws JobInterruptedException;

	}

}
