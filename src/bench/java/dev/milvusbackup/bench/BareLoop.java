package dev.milvusbackup.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * What the store can do at best: one listing, then every object is copied by the store,
 * as many at once as the program does.
 */
final class BareLoop {

	private BareLoop() {
	}

	/**
	 * Returns the seconds that it took.
	 */
	static double run(ObjectStore store, ObjectPrefix source, String target)
			throws InterruptedException, ExecutionException {
		ExecutorService workers = Executors.newFixedThreadPool(Source.CONCURRENCY);
		try (Stream<ObjectStat> objects = store.list(source)) {
			long start = System.nanoTime();
			List<Future<ObjectStat>> copies = new ArrayList<>();
			ObjectPrefix directory = ObjectPrefix.of(target);
			objects.forEach((object) -> copies
				.add(workers.submit(() -> store.copy(store, object, directory.key(object.key().value())))));
			for (Future<ObjectStat> copy : copies) {
				copy.get();
			}
			return (System.nanoTime() - start) / 1e9;
		}
		finally {
			workers.shutdownNow();
		}
	}

}
