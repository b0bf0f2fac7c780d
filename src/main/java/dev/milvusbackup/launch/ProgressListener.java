package dev.milvusbackup.launch;

import dev.milvusbackup.ledger.Run;

/**
 * Is told how far a run is, every second or so, from one thread at a time.
 */
@FunctionalInterface
public interface ProgressListener {

	/** Listens to nothing. */
	ProgressListener NONE = (progress) -> {
	};

	void progress(RunProgress progress);

	/**
	 * The request was accepted and its run is found or opened: from now on it can be
	 * asked for. At most once, before any progress, on the thread that works on it; not
	 * called when there is nothing left to do.
	 */
	default void started(Run run) {
	}

}
