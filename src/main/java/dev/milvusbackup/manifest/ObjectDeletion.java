package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;

/**
 * Deletes what lies below a directory, several batches at once.
 *
 * @param kept are left alone
 */
record ObjectDeletion(ObjectStore store, ObjectPrefix directory, Set<ObjectKey> kept, DeletionProgress progress) {

	/** The most that a request of S3 may name. */
	private static final int BATCH = 1000;

	private static final int BATCHES_AT_ONCE = 8;

	/** A bound for the memory. */
	private static final int LISTED_AT_ONCE = 64 * BATCH;

	private static final long PATIENCE_SECONDS = 60;

	/**
	 * Lists anew after so many, since a store's listing may not like what is deleted
	 * meanwhile, and to see that they are gone.
	 * @return whether all of it is gone, not when it was stopped
	 */
	boolean delete() {
		ExecutorService threads = Executors.newFixedThreadPool(BATCHES_AT_ONCE);
		try {
			List<ObjectKey> last = List.of();
			for (List<ObjectKey> some = some(); !some.isEmpty(); some = some()) {
				if (some.equals(last)) {
					throw new StorageException(StorageException.Kind.PERMANENT,
							"unable to delete '" + this.store.address() + "/" + some.get(0) + "': it is still there",
							"look for a retention or object lock rule of the bucket", null);
				}
				if (!delete(batches(some).iterator(), new ExecutorCompletionService<>(threads))) {
					return false;
				}
				last = some;
			}
			return true;
		}
		finally {
			await(threads);
		}
	}

	/**
	 * Returns whether all batches are gone. After a stop no other is begun, but those
	 * under way are waited for.
	 */
	private boolean delete(Iterator<List<ObjectKey>> left, CompletionService<Integer> pending) {
		int underWay = 0;
		do {
			while (underWay < BATCHES_AT_ONCE && left.hasNext() && !this.progress.isStopped()) {
				List<ObjectKey> batch = left.next();
				pending.submit(() -> {
					this.store.delete(batch);
					return batch.size();
				});
				underWay++;
			}
			if (underWay > 0) {
				this.progress.deleted(ended(pending));
				underWay--;
			}
		}
		while (underWay > 0);
		return !left.hasNext();
	}

	private int ended(CompletionService<Integer> pending) {
		try {
			return pending.take().get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StorageException(StorageException.Kind.TRANSIENT,
					"unable to delete '" + this.store.address() + "/" + this.directory + "': interrupted", null, ex);
		}
	}

	private static List<List<ObjectKey>> batches(List<ObjectKey> keys) {
		List<List<ObjectKey>> batches = new ArrayList<>();
		for (int from = 0; from < keys.size(); from += BATCH) {
			batches.add(keys.subList(from, Math.min(keys.size(), from + BATCH)));
		}
		return batches;
	}

	private List<ObjectKey> some() {
		try (Stream<ObjectStat> objects = this.store.list(this.directory)) {
			return objects.map(ObjectStat::key)
				.filter((key) -> !this.kept.contains(key))
				.limit(LISTED_AT_ONCE)
				.toList();
		}
	}

	/**
	 * None may come after whatever the caller does next.
	 */
	private static void await(ExecutorService threads) {
		threads.shutdownNow();
		try {
			threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
