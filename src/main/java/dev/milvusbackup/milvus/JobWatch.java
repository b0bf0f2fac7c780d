package dev.milvusbackup.milvus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.milvusbackup.milvus.MilvusException.Kind;

/**
 * Waits for snapshot jobs, several at once. A job that stands still is given up, but one
 * that waits in the server's queue is not stuck as long as others go on. Thread-safe.
 */
public final class JobWatch {

	private final Timing timing;

	private final InstantSource clock = InstantSource.system();

	private volatile Instant lastProgress = Instant.MIN;

	public JobWatch(Timing timing) {
		this.timing = timing;
	}

	/**
	 * Asks for the state of a job until it is over.
	 * @param stop asked often
	 * @param changed told of each change before the end
	 * @return the job at its end; empty when waiting was stopped or interrupted
	 * @throws MilvusException of kind UNAVAILABLE when there is no progress, and whatever
	 * asking throws
	 */
	public Optional<SnapshotJob> await(Supplier<SnapshotJob> state, BooleanSupplier stop,
			Consumer<SnapshotJob> changed) {
		Duration wait = this.timing.first();
		Instant progress = this.clock.instant();
		String seen = "";
		while (!stop.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
			SnapshotJob job = state.get();
			if (job.isOver()) {
				this.lastProgress = this.clock.instant();
				return Optional.of(job);
			}
			Instant now = this.clock.instant();
			String current = job.state() + "/" + job.progressPercent() + "/" + job.result().copiedFiles();
			if (!current.equals(seen)) {
				seen = current;
				progress = now;
				this.lastProgress = now;
				changed.accept(job);
			}
			requireProgress(job, (job.state() == SnapshotJob.State.PENDING) ? this.lastProgress : progress, now);
			pause(wait, stop);
			wait = (wait.multipliedBy(2).compareTo(this.timing.longest()) < 0) ? wait.multipliedBy(2)
					: this.timing.longest();
		}
		return Optional.empty();
	}

	private void requireProgress(SnapshotJob job, Instant last, Instant now) {
		if (now.isAfter(last.plus(this.timing.noProgress()))) {
			throw new MilvusException(Kind.UNAVAILABLE,
					"unable to wait for snapshot job '" + job.id() + "': no progress for "
							+ this.timing.noProgress().toSeconds() + " s, " + job.progressPercent() + " % done",
					"look at Milvus's data nodes and its log, then run the same command again: "
							+ "it waits for the same job",
					null);
		}
	}

	/** In short pieces, so that a stop is heard. */
	private void pause(Duration duration, BooleanSupplier stop) {
		Instant end = this.clock.instant().plus(duration);
		while (this.clock.instant().isBefore(end) && !stop.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(Math.min(duration.toNanos(), this.timing.first().toNanos()));
		}
	}

	/**
	 * How patient to be.
	 *
	 * @param first after which a job is asked for its state again; doubles from then on
	 * @param longest between two questions
	 * @param noProgress how long a job may stand still
	 */
	public record Timing(Duration first, Duration longest, Duration noProgress) {

		/**
		 * That of everyday use.
		 */
		public static Timing standard(Duration noProgress) {
			return new Timing(Duration.ofMillis(250), Duration.ofSeconds(3), noProgress);
		}

	}

}
