package dev.milvusbackup.ledger;

import java.util.UUID;

/**
 * Who holds a lease: one run in one process.
 */
public record LeaseOwner(String id, String host, String machine, long pid, String processStart) {

	/**
	 * A new owner in this process.
	 */
	public static LeaseOwner here() {
		return of(UUID.randomUUID().toString(), ProcessIdentity.current());
	}

	static LeaseOwner of(String id, ProcessIdentity process) {
		return new LeaseOwner(id, process.host(), process.machine(), process.pid(), process.start());
	}

	/**
	 * Whether the owner's process is certainly gone; false when that cannot be known from
	 * here.
	 */
	public boolean isGone() {
		return process().isGone(ProcessIdentity.current());
	}

	ProcessIdentity process() {
		return new ProcessIdentity(this.host, this.machine, this.pid, this.processStart);
	}

	/**
	 * For people: process and host.
	 */
	@Override
	public String toString() {
		return "process " + this.pid + " on " + this.host;
	}

}
