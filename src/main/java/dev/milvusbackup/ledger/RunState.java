package dev.milvusbackup.ledger;

/**
 * Where a run stands as a whole.
 */
public enum RunState {

	/** Not finished: the same command goes on with it. */
	OPEN,
	/** Finished, everything in it. */
	COMPLETE,
	/** Finished, but some collections are missing; the same command repairs them. */
	PARTIAL,
	/** A verification that is finished and found damage. */
	DAMAGED,
	/** Given up on: no command goes on with it. */
	ABANDONED

}
