package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.SegmentLevel;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a Milvus holds. Thread-safe; transient failures are retried inside; every
 * method throws {@link MilvusException}.
 */
public interface MilvusCatalog {

	/**
	 * The server's version as it names itself, e.g. {@code v2.3.5}.
	 */
	String version();

	/**
	 * All databases, at least {@code default}; without properties where the server does
	 * not describe databases.
	 */
	List<Database> databases();

	/**
	 * The collections of one database, sorted.
	 */
	List<CollectionName> collections(String database);

	/**
	 * The whole description: schema, partitions, indexes, load state, aliases,
	 * properties; the checkpoint is {@link Collection.Checkpoint#NONE}. An alias answers
	 * with the real collection.
	 * @throws MilvusException of kind NOT_FOUND when there is no such collection
	 */
	Collection describe(CollectionName name);

	/**
	 * The partitions as they are now, with their load state left at
	 * {@link LoadState#NOT_LOADED} when {@code collectionState} is not loaded.
	 */
	List<Partition> partitions(CollectionName name, LoadState collectionState);

	/**
	 * Makes everything inserted so far persistent and waits for it.
	 * @throws MilvusException of kind UNAVAILABLE when it takes longer than the time
	 * limit
	 */
	Collection.Checkpoint flush(CollectionName name, Duration limit);

	/**
	 * The persistent segments, in the order of their ids.
	 */
	List<PersistentSegment> segments(CollectionName name);

	/**
	 * Aliases of the collection; a server that does not support them has none.
	 */
	Set<String> aliases(CollectionName name);

	/**
	 * Whether the server can {@link #count} (since Milvus 2.3).
	 */
	boolean countsRows();

	/**
	 * Counts the rows that a query finds: all that were written before the call, without
	 * the deleted and expired ones. They have to be loaded.
	 * @param partitions only in these; empty for all that are loaded
	 * @throws MilvusException of kind UNSUPPORTED when the server cannot count, or
	 * REFUSED when they are not loaded
	 */
	long count(CollectionName name, List<String> partitions);

	/**
	 * A segment as the server lists it.
	 *
	 * @param level null when the server does not tell (before Milvus 2.4)
	 */
	record PersistentSegment(long id, long collectionId, long partitionId, long rows, @Nullable SegmentLevel level,
			long storageVersion) {
	}

}
