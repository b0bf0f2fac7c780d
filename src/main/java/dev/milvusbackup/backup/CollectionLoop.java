package dev.milvusbackup.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.ledger.PlannedCollection;

/**
 * Does something with collections, several at once.
 */
record CollectionLoop(int concurrency) {

	/**
	 * Returns when all are done, or throws the first failure when the others have heard
	 * an interrupt.
	 */
	void each(List<PlannedCollection> collections, Action action) throws Exception {
		ExecutorService workers = Executors.newFixedThreadPool(Math.min(collections.size(), this.concurrency));
		try {
			List<Future<?>> results = new ArrayList<>();
			for (PlannedCollection collection : collections) {
				results.add(workers.submit(() -> {
					action.accept(collection);
					return null;
				}));
			}
			for (Future<?> result : results) {
				result.get();
			}
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		finally {
			workers.shutdownNow();
			workers.awaitTermination(1, TimeUnit.MINUTES);
		}
	}

	/**
	 * What is done.
	 */
	@FunctionalInterface
	interface Action {

		void accept(PlannedCollection collection) throws Exception;

	}

}
