package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import dev.milvusbackup.milvus.MilvusException.Kind;

/**
 * Waits until the server says that a flush is done.
 *
 * @param action the flush, for messages
 */
record FlushWait(MilvusCalls calls, String action) {

	private static final long FIRST_DELAY_MILLIS = 50;

	private static final long LONGEST_DELAY_MILLIS = 1000;

	/** A question sent just before the end gets this long for its answer. */
	private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

	/**
	 * @param isFlushed asks once, with the time that is left for it
	 * @param end in the time of {@link System#nanoTime}
	 */
	void until(Predicate<Duration> isFlushed, long end) {
		long delay = FIRST_DELAY_MILLIS;
		while (!isFlushed.test(Duration.ofNanos(Math.max(LEAST_NANOS, end - System.nanoTime())))) {
			if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay) >= end) {
				throw new MilvusException(Kind.UNAVAILABLE,
						"unable to " + this.action + ": it takes longer than the time limit",
						"look at the load of Milvus, then try again", null);
			}
			this.calls.pause(this.action, delay);
			delay = Math.min(LONGEST_DELAY_MILLIS, delay * 2);
		}
	}

}
