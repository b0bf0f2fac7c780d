package dev.milvusbackup.ledger;

import java.util.Optional;

import dev.milvusbackup.ledger.LeaseRows.LeaseRow;

/**
 * Lets at most one process work on a run. A lease ends when it is closed, when its
 * process is gone (noticed at once on the same machine), or when its heartbeat is older
 * than the expiry. Thread-safe.
 */
public final class RunLease {

	private final LeaseRows rows;

	private final LeaseTiming timing;

	public RunLease(LedgerDatabase database, LeaseTiming timing) {
		this.rows = new LeaseRows(database);
		this.timing = timing;
	}

	/**
	 * Takes the lease unless a live owner has it; of several that try at once exactly one
	 * succeeds. A dead owner is replaced.
	 * @param owner not used for another lease before
	 * @param lost runs at most once, on the heartbeat's thread, when the lease was lost
	 * to another owner or could not be renewed before its expiry
	 */
	public LeaseAttempt acquire(String key, LeaseOwner owner, Runnable lost) {
		while (true) {
			if (this.rows.insert(key, owner)) {
				return new HeldLease(this.rows, key, owner, null).beating(this.timing, lost);
			}
			LeaseRow row = this.rows.find(key).orElse(null);
			if (row != null && !isDead(row, owner)) {
				return new LeaseAttempt.Taken(row.owner());
			}
			if (row != null && this.rows.replace(key, row.owner(), owner)) {
				return new HeldLease(this.rows, key, owner, row.owner()).beating(this.timing, lost);
			}
			// Given back or replaced between two statements: look again.
		}
	}

	/**
	 * Who has the lease now, if anybody who is alive.
	 */
	public Optional<LeaseOwner> owner(String key) {
		LeaseOwner observer = LeaseOwner.here();
		return this.rows.find(key).filter(row -> !isDead(row, observer)).map(LeaseRow::owner);
	}

	private boolean isDead(LeaseRow row, LeaseOwner observer) {
		ProcessIdentity process = row.owner().process();
		if (process.isGone(observer.process())) {
			return true;
		}
		// A process on this machine that is there but silent may be suspended: it would
		// go
		// on later. This very process cannot be, so it lost what it does not renew.
		boolean elsewhere = !process.machine().equals(observer.machine());
		boolean own = process.equals(observer.process());
		return (elsewhere || own) && row.age() > this.timing.expiry().toMillis();
	}

}
