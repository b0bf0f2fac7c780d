package dev.milvusbackup.restore;

import java.time.Duration;
import java.time.Instant;

import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.milvus.BulkImport.ImportJob;

/**
 * An import job that the server works on. Not thread-safe.
 */
final class RunningImport {

	private final PlannedImport planned;

	private final long jobId;

	private final ImportTimings timings;

	private Duration wait;

	private Instant nextPoll;

	private Instant lastProgress;

	private String lastSeen = "";

	private boolean pending = true;

	RunningImport(PlannedImport planned, long jobId, ImportTimings timings, Instant now) {
		this.planned = planned;
		this.jobId = jobId;
		this.timings = timings;
		this.wait = timings.firstPoll();
		this.nextPoll = now.plus(this.wait);
		this.lastProgress = now;
	}

	PlannedImport planned() {
		return this.planned;
	}

	long jobId() {
		return this.jobId;
	}

	boolean isDue(Instant now) {
		return !now.isBefore(this.nextPoll);
	}

	/**
	 * Takes note of the job's state.
	 * @return whether it is another one than at the last time
	 */
	boolean seen(ImportJob job, Instant now) {
		String state = job.state() + "/" + job.progressPercent() + "/" + job.rows();
		boolean progress = !state.equals(this.lastSeen);
		this.lastSeen = state;
		this.pending = job.state() == ImportJob.State.PENDING;
		this.lastProgress = progress ? now : this.lastProgress;
		this.wait = (this.wait.multipliedBy(2).compareTo(this.timings.longestPoll()) < 0) ? this.wait.multipliedBy(2)
				: this.timings.longestPoll();
		this.nextPoll = now.plus(this.wait);
		return progress;
	}

	/**
	 * A job that waits in the server's queue is not stuck as long as others go on.
	 */
	void otherProgressed(Instant now) {
		if (this.pending) {
			this.lastProgress = now;
		}
	}

	boolean isStalled(Instant now) {
		return now.isAfter(this.lastProgress.plus(this.timings.noProgress()));
	}

	@Override
	public String toString() {
		return "job " + this.jobId + " of " + this.planned.collection() + " (" + this.lastSeen + ")";
	}

}
