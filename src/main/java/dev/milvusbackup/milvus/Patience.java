package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long and in which steps to wait between repetitions.
 */
final class Patience {

	private static final long FIRST_DELAY_MILLIS = 60;

	private static final long LONGEST_DELAY_MILLIS = 3000;

	private final long end;

	private long delay = FIRST_DELAY_MILLIS;

	Patience(Duration limit) {
		this.end = System.nanoTime() + limit.toNanos();
	}

	boolean isOver() {
		return remaining() <= this.delay;
	}

	long nextDelay() {
		long current = this.delay;
		this.delay = Math.min(LONGEST_DELAY_MILLIS, this.delay * 3);
		return current;
	}

	private long remaining() {
		return TimeUnit.NANOSECONDS.toMillis(this.end - System.nanoTime());
	}

}
