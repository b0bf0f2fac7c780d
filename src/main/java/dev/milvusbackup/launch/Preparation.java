package dev.milvusbackup.launch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what a run needs to reach Milvus and the storages while the job repository is
 * opened: most of a short run is the loading of classes, and one processor does not have
 * to do it alone. Nothing is requested, and whatever fails here is left to the
 * connections to report.
 */
final class Preparation {

	private static final Logger logger = LoggerFactory.getLogger(Preparation.class);

	private final Thread thread;

	private Preparation(Thread thread) {
		this.thread = thread;
	}

	static Preparation start(Connections connections) {
		Thread thread = new Thread(() -> prepare(connections), "preparation");
		thread.setDaemon(true);
		thread.start();
		return new Preparation(thread);
	}

	private static void prepare(Connections connections) {
		try {
			connections.milvus().prepare(connections.settings().milvus());
			connections.stores().prepare(connections.settings().milvusStorage());
		}
		catch (RuntimeException ex) {
			logger.debug("not prepared", ex);
		}
	}

	/**
	 * Returns when it is done: two threads that initialize the same classes could wait
	 * for each other.
	 */
	void await() {
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
