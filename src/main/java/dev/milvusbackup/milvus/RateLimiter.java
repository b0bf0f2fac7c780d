package dev.milvusbackup.milvus;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets requests through at an even rate, without bursts, that grows while the server
 * accepts them and halves when it complains. Thread-safe.
 */
final class RateLimiter {

	private static final double START = 5;

	private final Pace pace;

	private final LongSupplier nanoClock;

	private double perSecond = START;

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
		long turn = Math.max(now, this.next);
		this.next = turn + (long) (TimeUnit.SECONDS.toNanos(1) / this.perSecond);
		return turn - now;
	}

	synchronized void accepted() {
		this.perSecond = Math.min(this.pace.fastest(), this.perSecond + ((this.perSecond < 1) ? 0.1 : 1));
	}

	synchronized void refused() {
		this.perSecond = Math.max(this.pace.slowest(), this.perSecond / 2);
	}

	synchronized double perSecond() {
		return this.perSecond;
	}

}
