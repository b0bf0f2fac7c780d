package dev.milvusbackup.e2e;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import dev.milvusbackup.testing.real.MilvusRows;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.SampleCollection;

/**
 * Everything of a collection: equal snapshots are equal collections, to the last value.
 */
record Snapshots(SortedMap<String, Snapshot> byName) {

	private static final int READERS = 8;

	/**
	 * Reads all collections at once: loading one is waiting for the server, mostly.
	 */
	static Snapshots of(RealMilvus milvus, List<SampleCollection> collections) {
		SortedMap<String, Snapshot> snapshots = new ConcurrentSkipListMap<>();
		ExecutorService readers = Executors.newFixedThreadPool(READERS);
		try (ServerView view = new ServerView(milvus)) {
			// before a query adds an index for its own use
			Map<SampleCollection, SortedMap<String, Object>> definitions = collections.stream()
				.collect(Collectors.toMap((collection) -> collection,
						(collection) -> view.definition(collection.database(), collection.name())));
			List<? extends Future<?>> reads = collections.stream()
				.map((collection) -> readers.submit(() -> snapshots.put(collection.toString(),
						new Snapshot(definitions.get(collection),
								MilvusRows.read(milvus, collection.database(), collection.name())))))
				.toList();
			for (Future<?> read : reads) {
				read.get();
			}
			return new Snapshots(snapshots);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("unable to read the collections of " + milvus, ex.getCause());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			readers.shutdownNow();
		}
	}

	Snapshot get(SampleCollection collection) {
		return this.byName.get(collection.toString());
	}

	/**
	 * @param definition see {@link ServerView#definition}
	 */
	record Snapshot(SortedMap<String, Object> definition, MilvusRows rows) {
	}

}
