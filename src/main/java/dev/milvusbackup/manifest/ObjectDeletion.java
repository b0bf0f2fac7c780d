package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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

	/** A bound for the memory, and for how long a stop has to wait. */
	private static final int BATCHES_AT_ONCE = 8;

	/**
	 * Lists anew for each few batches, since a store's listing may not like what is
	 * deleted meanwhile.
	 * @return whether all of it is gone, not when it was stopped
	 */
	boolean delete() {
		List<ObjectKey> last = List.of();
		for (List<ObjectKey> some = some(); !some.isEmpty(); some = some()) {
			if (some.equals(last)) {
				throw new StorageException(StorageException.Kind.PERMANENT,
						"unable to delete '" + this.store.address() + "/" + some.get(0) + "': it is still there",
						"look for a retention or object lock rule of the bucket", null);
			}
			if (this.progress.isStopped()) {
				return false;
			}
			deleteBatches(some);
			this.progress.deleted(some.size());
			last = some;
		}
		return true;
	}

	private void deleteBatches(List<ObjectKey> keys) {
		List<Callable<Integer>> batches = new ArrayList<>();
		for (int from = 0; from < keys.size(); from += BATCH) {
			List<ObjectKey> batch = keys.subList(from, Math.min(keys.size(), from + BATCH));
			batches.add(() -> {
				this.store.delete(batch);
				return batch.size();
			});
		}
		new LookUps(this.store.address() + "/" + this.directory).run(batches);
	}

	private List<ObjectKey> some() {
		try (Stream<ObjectStat> objects = this.store.list(this.directory)) {
			return objects.map(ObjectStat::key)
				.filter((key) -> !this.kept.contains(key))
				.limit(BATCH * BATCHES_AT_ONCE)
				.toList();
		}
	}

}
