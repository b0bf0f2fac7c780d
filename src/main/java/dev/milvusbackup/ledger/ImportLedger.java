package dev.milvusbackup.ledger;

import java.util.Collection;
import java.util.List;

/**
 * The import jobs of a restore run. Every method is one short transaction of its own and
 * durable when it returns. Thread-safe.
 */
public final class ImportLedger {

	/**
	 * Adds imports; those whose key is known already are left as they are.
	 */
	public void plan(long run, Collection<PlannedImport> imports) {
		throw new UnsupportedOperationException();
	}

	/**
	 * In the order of (order, collection, key).
	 */
	public List<PlannedImport> imports(long run) {
		throw new UnsupportedOperationException();
	}

	/**
	 * PLANNED or FAILED becomes SUBMITTING.
	 */
	public void submitting(long run, String key) {
		throw new UnsupportedOperationException();
	}

	public void submitted(long run, String key, long jobId) {
		throw new UnsupportedOperationException();
	}

	public void imported(long run, String key, long rows) {
		throw new UnsupportedOperationException();
	}

	public void failed(long run, String key, String reason) {
		throw new UnsupportedOperationException();
	}

	/**
	 * SUBMITTING becomes PLANNED again: the server certainly started nothing.
	 */
	public void notSubmitted(long run, String key) {
		throw new UnsupportedOperationException();
	}

}
