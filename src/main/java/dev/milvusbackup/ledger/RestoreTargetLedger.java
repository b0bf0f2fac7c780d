package dev.milvusbackup.ledger;

import java.util.Map;

/**
 * What restore runs have done to their targets. Every method is one short transaction of
 * its own and durable when it returns. Thread-safe.
 */
public final class RestoreTargetLedger {

	/**
	 * By collection id; a target without progress is left out.
	 */
	public Map<Long, TargetProgress> targets(long run) {
		throw new UnsupportedOperationException();
	}

	public void creation(long run, long collectionId, TargetProgress.Creation creation) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Sets the baseline; one that is set already stays.
	 */
	public void importBaseline(long run, long collectionId, long jobId) {
		throw new UnsupportedOperationException();
	}

	public void note(long run, long collectionId, String note) {
		throw new UnsupportedOperationException();
	}

}
