package dev.milvusbackup.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.ledger.LedgerException;

/**
 * Asks the job repository again and again. The embedded one is served by the process that
 * runs a job: when that ends, a question is lost, and the next one opens the file.
 */
final class Polling {

	private static final int TRIES = 5;

	private static final long PAUSE_MILLIS = 300;

	private Polling() {
	}

	/**
	 * @throws LedgerException when the job repository does not come back
	 */
	static <T> T ask(Supplier<T> question) {
		for (int tries = 1;; tries++) {
			try {
				return question.get();
			}
			catch (LedgerException ex) {
				if (tries == TRIES) {
					throw ex;
				}
				pause();
			}
		}
	}

	/**
	 * @throws LaunchException when interrupted
	 */
	static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LaunchException(ExitCode.FAILED, "unable to wait for the end of the run: interrupted",
					"run the same command again");
		}
	}

}
