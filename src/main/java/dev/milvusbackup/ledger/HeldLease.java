package dev.milvusbackup.ledger;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease that is renewed until it is closed. Closing twice is harmless. Thread-safe.
 */
public final class HeldLease implements LeaseAttempt, AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(HeldLease.class);

	private final LeaseRows rows;

	private final String key;

	private final LeaseOwner owner;

	private final @Nullable LeaseOwner replaced;

	private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor(runnable -> {
		Thread thread = new Thread(runnable, "lease-heartbeat");
		thread.setDaemon(true);
		return thread;
	});

	private volatile boolean lost;

	private volatile boolean closed;

	private volatile long renewed = System.nanoTime();

	HeldLease(LeaseRows rows, String key, LeaseOwner owner, @Nullable LeaseOwner replaced) {
		this.rows = rows;
		this.key = key;
		this.owner = owner;
		this.replaced = replaced;
	}

	HeldLease beating(LeaseTiming timing, Runnable whenLost) {
		long period = timing.heartbeat().toMillis();
		this.heartbeat.scheduleAtFixedRate(() -> beat(timing.expiry(), whenLost), period, period,
				TimeUnit.MILLISECONDS);
		return this;
	}

	private void beat(Duration expiry, Runnable whenLost) {
		if (isLost(expiry)) {
			log.error("lost the lease of '{}'", this.key);
			this.lost = true;
			this.heartbeat.shutdown();
			whenLost.run();
		}
	}

	private boolean isLost(Duration expiry) {
		long now = System.nanoTime();
		try {
			if (!this.rows.renew(this.key, this.owner)) {
				return !this.closed;
			}
			this.renewed = now;
			return false;
		}
		catch (LedgerException ex) {
			log.warn("{}; trying again until it expires", ex.getMessage());
			return now - this.renewed > expiry.toNanos();
		}
	}

	/**
	 * The dead owner whose place this one took.
	 */
	public Optional<LeaseOwner> replaced() {
		return Optional.ofNullable(this.replaced);
	}

	public boolean isLost() {
		return this.lost;
	}

	/**
	 * Gives the lease back. When the database does not answer, the lease ends with this
	 * process.
	 */
	@Override
	public void close() {
		this.closed = true;
		// No interrupt: in the middle of a write it would close H2's file.
		this.heartbeat.shutdown();
		try {
			this.rows.delete(this.key, this.owner);
		}
		catch (LedgerException ex) {
			log.warn("{}; it ends with this process", ex.getMessage());
		}
	}

}
