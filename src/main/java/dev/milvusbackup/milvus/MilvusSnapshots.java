package dev.milvusbackup.milvus;

import java.util.List;
import java.util.Optional;

import dev.milvusbackup.model.CollectionName;

/**
 * Snapshots of collections, and the jobs by which Milvus itself copies them out of its
 * storage and in again (since Milvus 3.0). Thread-safe; transient failures are retried
 * inside, but jobs are never submitted twice; every method throws
 * {@link MilvusException}.
 */
public interface MilvusSnapshots {

	/**
	 * Whether the server has snapshots.
	 */
	boolean areSupported();

	/**
	 * Takes a snapshot of what is persistent. Repeatable: one of the name that exists
	 * stays as it is, so names have to be unique.
	 */
	void create(CollectionName collection, String name);

	/**
	 * When the snapshot was taken, as a hybrid timestamp; empty when there is none.
	 */
	Optional<Long> find(CollectionName collection, String name);

	/**
	 * All snapshots of the collection.
	 */
	List<String> names(CollectionName collection);

	/**
	 * Drops the snapshot; a missing one is no error.
	 * @throws MilvusException of kind REFUSED as long as a job works with it
	 */
	void drop(CollectionName collection, String name);

	/**
	 * Starts a copy of the snapshot. Its description comes last, at
	 * {@code snapshots/<collection>/metadata/<snapshot>.json} below the place.
	 * @return the job's id
	 * @throws MilvusException of kind UNKNOWN_OUTCOME when the answer was lost, of any
	 * other kind when the server certainly started nothing
	 */
	long export(CollectionName collection, String name, Place target);

	/**
	 * The state of a job that {@link #export} started.
	 * @throws MilvusException of kind NOT_FOUND when the server does not know it
	 */
	SnapshotJob exportJob(long id);

	/**
	 * Starts to make a new collection of a copy.
	 * @param source its description
	 * @return the job's id
	 * @throws MilvusException as {@link #export}
	 */
	long restore(CollectionName target, Place source);

	/**
	 * The state of a job that {@link #restore} started.
	 * @throws MilvusException of kind NOT_FOUND when the server does not know it
	 */
	SnapshotJob restoreJob(long id);

	/**
	 * The jobs that the server remembers to have restored into the collection or to do
	 * so.
	 */
	List<SnapshotJob> restoreJobs(CollectionName target);

	/**
	 * Something in a store as Milvus is to find it.
	 *
	 * @param externalSpec how to get in where Milvus's own credentials are not enough, or
	 * empty; a secret
	 */
	record Place(String uri, String externalSpec) {

		@Override
		public String toString() {
			return this.uri;
		}

	}

}
