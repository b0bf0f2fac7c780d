package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.milvusbackup.storage.StorageException;

/**
 * Runs requests, several at once: against a far store each takes as long as the way there
 * and back.
 *
 * @param what is worked on, for messages
 */
record LookUps(String what) {

	private static final int AT_ONCE = 16;

	/**
	 * The results in the order of the requests; the first failure is thrown and ends the
	 * others.
	 */
	<T> List<T> run(List<Callable<T>> requests) {
		if (requests.isEmpty()) {
			return List.of();
		}
		ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, requests.size()));
		try {
			List<Future<T>> pending = requests.stream().map(threads::submit).toList();
			List<T> results = new ArrayList<>(pending.size());
			for (Future<T> future : pending) {
				results.add(future.get());
			}
			return results;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StorageException(StorageException.Kind.TRANSIENT,
					"unable to work on '" + this.what + "': interrupted", null, ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		finally {
			threads.shutdownNow();
		}
	}

}
