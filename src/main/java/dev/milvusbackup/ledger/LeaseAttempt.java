package dev.milvusbackup.ledger;

/**
 * The answer to the question for a lease.
 */
public sealed interface LeaseAttempt permits HeldLease, LeaseAttempt.Taken {

	/**
	 * Another owner, who is alive, has the lease.
	 */
	record Taken(LeaseOwner by) implements LeaseAttempt {
	}

}
