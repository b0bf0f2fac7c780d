package dev.milvusbackup.milvus;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets the first requests through at once and all others at an even rate that grows while
 * the server accepts them and halves when it complains. Thread-safe.
 */
final class RateLimiter {

	private static final double START = 5;

	private final Pace pace;

	private final LongSupplier nanoClock;

	private double perSecond = START;

	/** As many as may come within the first second anyway. */
	private int atOnce = (int) START;

	private long next;

	RateLimiter(Pace pace, LongSupplier nanoClock) {
		this.pace = pace;
		this.nanoClock = nanoClock;
		this.next = nanoClock.getAsLong();
	}

	/**
	 * Takes the next free moment.
	 * @return how long to wait for it, in nanoseconds
	 */
	synchronized long reserve() {
		if (this.pace == Pace.FREE) {
			return 0;
		}
		long now = this.nanoClock.getAsLong();
		long turn = (this.atOnce > 0) ? now : Math.max(now, this.next);
		this.atOnce = Math.max(0, this.atOnce - 1);
		this.next = turn + (long) (TimeUnit.SECONDS.toNanos(1) / this.perSecond);
		return turn - now;
	}

	synchronized void accepted() {
		this.perSecond = Math.min(this.pace.fastest(), this.perSecond + ((this.perSecond < 1) ? 0.1 : 1));
	}

	synchronized void refused() {
		this.atOnce = 0;
		this.perSecond = Math.max(this.pace.slowest(), this.perSecond / 2);
	}

	synchronized double perSecond() {
		return this.perSecond;
	}

}
