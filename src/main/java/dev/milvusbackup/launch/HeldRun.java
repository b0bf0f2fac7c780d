package dev.milvusbackup.launch;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.milvusbackup.ledger.HeldLease;
import dev.milvusbackup.ledger.LeaseOwner;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on a run, renewed until it is closed. Thread-safe.
 */
final class HeldRun implements AutoCloseable {

	private final LeaseOwner owner;

	private final HeldLease lease;

	private final @Nullable LeaseObject object;

	private final AtomicBoolean lost;

	/**
	 * Takes over the lease.
	 * @param object beside the backup, null where there is none
	 * @param lost becomes true when another owner took over
	 */
	HeldRun(LeaseOwner owner, HeldLease lease, @Nullable LeaseObject object, AtomicBoolean lost) {
		this.owner = owner;
		this.lease = lease;
		this.object = object;
		this.lost = lost;
	}

	boolean isLost() {
		return this.lost.get();
	}

	/**
	 * Renews the lease beside the backup; that in the database renews itself.
	 */
	void renew() {
		if (this.object != null && !isLost()) {
			this.object.write(this.owner);
		}
	}

	@Override
	public void close() {
		try (this.lease) {
			if (this.object != null && !isLost()) {
				this.object.delete();
			}
		}
	}

}
