package dev.milvusbackup.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.milvusbackup.ledger.PlannedSnapshot;
import dev.milvusbackup.ledger.SnapshotLedger.Left;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.MilvusSnapshots;
import dev.milvusbackup.model.CollectionName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * Drops snapshots: as long as one is there, Milvus keeps the objects of dropped segments.
 * However the job ends, none is left but those that Milvus does not let go, and these are
 * in the ledger for the next run. Thread-safe.
 */
final class SnapshotRelease implements JobExecutionListener {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotRelease.class);

	/** After the end of an export Milvus lets the snapshot go at a moment of its own. */
	private static final int TRIES = 10;

	private static final int TRIES_AT_END = 3;

	private final SnapshotRun run;

	private final MilvusSnapshots snapshots;

	private final Duration pause;

	/**
	 * @param pause between two tries
	 */
	SnapshotRelease(SnapshotRun run, Duration pause) {
		this.run = run;
		this.snapshots = run.milvus().snapshots();
		this.pause = pause;
	}

	/**
	 * Drops what earlier runs left.
	 */
	@Override
	public void beforeJob(JobExecution jobExecution) {
		for (Left left : this.run.ledger().left(this.run.scope().run(), this.run.server())) {
			release(left.run(), left.snapshot(), 1);
		}
	}

	/**
	 * In little time, as the process may have been told to end.
	 */
	@Override
	public void afterJob(JobExecution jobExecution) {
		boolean interrupted = Thread.interrupted();
		List<PlannedSnapshot> held = held();
		for (int i = 1; i <= TRIES_AT_END && !held.isEmpty(); i++) {
			if (i > 1) {
				LockSupport.parkNanos(this.pause.toNanos());
			}
			held = heldStill(held, i == TRIES_AT_END);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private List<PlannedSnapshot> heldStill(List<PlannedSnapshot> held, boolean last) {
		List<PlannedSnapshot> left = new ArrayList<>();
		for (PlannedSnapshot snapshot : held) {
			try {
				drop(snapshot);
			}
			catch (MilvusException ex) {
				if (last || ex.kind() == Kind.UNAVAILABLE) {
					warn(ex, snapshot);
				}
				if (ex.kind() == Kind.UNAVAILABLE) {
					return List.of();
				}
				left.add(snapshot);
			}
		}
		return left;
	}

	private List<PlannedSnapshot> held() {
		return this.run.ledger().snapshots(this.run.scope().run()).stream().filter(PlannedSnapshot::held).toList();
	}

	/**
	 * Drops the snapshot of an export that has ended. That the server does not is no
	 * failure of the backup.
	 */
	PlannedSnapshot releaseExported(PlannedSnapshot snapshot) {
		return release(this.run.scope().run(), snapshot, TRIES) ? snapshot.released() : snapshot;
	}

	/**
	 * @throws MilvusException of kind REFUSED as long as an export works with it
	 */
	PlannedSnapshot drop(PlannedSnapshot snapshot) {
		return drop(this.run.scope().run(), snapshot);
	}

	private PlannedSnapshot drop(long runId, PlannedSnapshot snapshot) {
		try {
			this.snapshots.drop(CollectionName.parse(snapshot.collection()), snapshot.name());
		}
		catch (MilvusException ex) {
			// with its collection the snapshot is gone
			if (ex.kind() != Kind.NOT_FOUND) {
				throw ex;
			}
		}
		PlannedSnapshot released = snapshot.released();
		this.run.ledger().put(runId, released);
		return released;
	}

	private boolean release(long runId, PlannedSnapshot snapshot, int tries) {
		for (int i = 1;; i++) {
			try {
				drop(runId, snapshot);
				return true;
			}
			catch (MilvusException ex) {
				if (i == tries || Thread.currentThread().isInterrupted()) {
					warn(ex, snapshot);
					return false;
				}
				LockSupport.parkNanos(this.pause.toNanos());
			}
		}
	}

	private static void warn(MilvusException failure, PlannedSnapshot snapshot) {
		logger.warn("{}; as long as it is there Milvus keeps the objects of '{}', also deleted ones: the same command"
				+ " drops it", failure.getMessage(), snapshot.collection());
	}

}
