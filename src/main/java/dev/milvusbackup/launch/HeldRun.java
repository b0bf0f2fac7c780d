package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.milvusbackup.ledger.HeldLease;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.storage.StorageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The right to work on a run, renewed until it is closed: that in the database renews
 * itself, that beside the backup is renewed here. Thread-safe.
 */
final class HeldRun implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(HeldRun.class);

	/** Four of them fit into the expiry. */
	private static final Duration RENEWAL = LeaseObject.EXPIRY.dividedBy(4);

	private final LeaseOwner owner;

	private final HeldLease lease;

	private final @Nullable LeaseObject object;

	private final AtomicBoolean lost;

	private final ScheduledExecutorService renewals;

	private HeldRun(LeaseOwner owner, HeldLease lease, @Nullable LeaseObject object, AtomicBoolean lost) {
		this.owner = owner;
		this.lease = lease;
		this.object = object;
		this.lost = lost;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("lease-object-");
		threads.setDaemon(true);
		this.renewals = Executors.newSingleThreadScheduledExecutor(threads);
	}

	/**
	 * Takes over the lease and writes that beside the backup.
	 * @param object beside the backup, null where there is none
	 * @param lost becomes true when another owner took over
	 * @throws StorageException when the object cannot be written; the lease is still the
	 * caller's then
	 */
	static HeldRun of(LeaseOwner owner, HeldLease lease, @Nullable LeaseObject object, AtomicBoolean lost) {
		HeldRun held = new HeldRun(owner, lease, object, lost);
		if (object != null) {
			object.write(owner);
			held.renewals.scheduleWithFixedDelay(held::renew, RENEWAL.toMillis(), RENEWAL.toMillis(),
					TimeUnit.MILLISECONDS);
		}
		return held;
	}

	boolean isLost() {
		return this.lost.get();
	}

	private void renew() {
		try {
			if (this.object != null && !isLost()) {
				this.object.write(this.owner);
			}
		}
		catch (StorageException ex) {
			logger.warn("unable to renew the lease beside the backup: {}", ex.getMessage());
		}
	}

	/**
	 * Gives both back; one that cannot be deleted expires.
	 */
	@Override
	public void close() {
		try (this.lease) {
			this.renewals.shutdownNow();
			// A renewal under way must not come after the deletion.
			this.renewals.awaitTermination(RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
			if (this.object != null && !isLost()) {
				this.object.delete();
			}
		}
		catch (StorageException ex) {
			logger.warn("{}; the lease beside the backup expires within {} s", ex.getMessage(),
					LeaseObject.EXPIRY.toSeconds());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
