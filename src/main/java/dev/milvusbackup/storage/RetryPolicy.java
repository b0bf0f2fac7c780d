package dev.milvusbackup.storage;

import java.time.Duration;

/**
 * When to try a failed request again, and when to give up: whichever of attempts and
 * limit is reached first.
 *
 * @param attempts how often a request is sent at most, at least 1
 * @param baseDelay longest wait before the second attempt; doubles with each further one
 * @param maxDelay longest wait before any attempt
 * @param limit no attempt starts later than this after the first
 */
public record RetryPolicy(int attempts, Duration baseDelay, Duration maxDelay, Duration limit) {

	/** What the tool uses. */
	public static final RetryPolicy STANDARD = new RetryPolicy(10, Duration.ofMillis(200), Duration.ofSeconds(3),
			Duration.ofMinutes(10));

	public RetryPolicy {
		if (attempts < 1) {
			throw new IllegalArgumentException("at least one attempt: " + attempts);
		}
	}

	/**
	 * The longest wait after the failed attempt of that number, counted from 1.
	 */
	Duration ceiling(int attempt) {
		Duration delay = this.baseDelay;
		for (int i = 1; i < attempt && delay.compareTo(this.maxDelay) < 0; i++) {
			delay = delay.multipliedBy(2);
		}
		return (delay.compareTo(this.maxDelay) < 0) ? delay : this.maxDelay;
	}

}
