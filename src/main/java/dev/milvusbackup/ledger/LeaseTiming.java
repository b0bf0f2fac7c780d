package dev.milvusbackup.ledger;

import java.time.Duration;

/**
 * How often a lease is renewed, and how old its last heartbeat may be.
 *
 * @param expiry several times the heartbeat
 */
public record LeaseTiming(Duration heartbeat, Duration expiry) {

	/**
	 * Every 10 s, at most 60 s old.
	 */
	public static final LeaseTiming DEFAULT = new LeaseTiming(Duration.ofSeconds(10), Duration.ofSeconds(60));

	public LeaseTiming {
		if (heartbeat.isNegative() || heartbeat.isZero() || expiry.compareTo(heartbeat.multipliedBy(2)) < 0) {
			throw new IllegalArgumentException("expiry must be at least twice the heartbeat");
		}
	}

}
