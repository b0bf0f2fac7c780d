package dev.milvusbackup.milvus;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.KeyValue;

/**
 * Changes what a Milvus holds, as a restore needs it. Thread-safe; transient failures are
 * retried inside; every method throws {@link MilvusException}.
 */
public interface MilvusSchema {

	boolean collectionExists(CollectionName name);

	/**
	 * Creates the database unless it exists. Idempotent.
	 */
	default void createDatabase(String name) {
		createDatabase(name, List.of());
	}

	/**
	 * Creates the database with the properties unless it exists. Idempotent. Servers
	 * before 2.4.3 ignore the properties.
	 */
	void createDatabase(String name, List<KeyValue> properties);

	/**
	 * Creates a collection under the name of {@code collection} with the fields' ids,
	 * shards, consistency level, properties and, with a partition key, as many partitions
	 * (behaviour.md F.2). Fields with an id above the dynamic field's are added
	 * afterwards.
	 * @throws MilvusException of kind REFUSED when it exists already, or UNSUPPORTED when
	 * the server lacks what the schema needs
	 */
	void createCollection(Collection collection);

	/**
	 * Drops the collection; a missing one is no error.
	 */
	void dropCollection(CollectionName name);

	/**
	 * Creates the partition unless it exists. Idempotent.
	 */
	void createPartition(CollectionName collection, String partition);

	List<Index> indexes(CollectionName name);

	/**
	 * The names of the indexes that the server has given up to build, with its reasons.
	 */
	Map<String, String> failedIndexes(CollectionName name);

	/**
	 * Creates the index; an equal one that exists already is no error.
	 */
	void createIndex(CollectionName collection, Index index);

	void dropIndex(CollectionName collection, Index index);

	/**
	 * Creates the alias for the collection; one that points there already is no error.
	 * @throws MilvusException of kind REFUSED when it points elsewhere
	 */
	void createAlias(CollectionName collection, String alias);

	/**
	 * Creates the alias for the collection, or takes it away from another one.
	 * Idempotent.
	 */
	void moveAlias(CollectionName collection, String alias);

	/**
	 * Asks the server to load the collection for search, and does not wait for it.
	 * Idempotent.
	 */
	void load(CollectionName collection, LoadOptions options);

	/**
	 * Takes the collection out of memory; one that is not there is no error. Idempotent.
	 */
	void release(CollectionName collection);

	/**
	 * What to load and how.
	 *
	 * @param partitions only these; empty for all
	 * @param replicas 0 for as many as the server wants
	 * @param resourceGroups one for all replicas or one each; empty for those that the
	 * server wants
	 */
	record LoadOptions(List<String> partitions, int replicas, List<String> resourceGroups) {

		public LoadOptions {
			partitions = List.copyOf(partitions);
			resourceGroups = List.copyOf(resourceGroups);
		}

	}

	/**
	 * Takes properties away from the collection (since Milvus 2.5).
	 */
	void removeProperties(CollectionName collection, Set<String> keys);

	/**
	 * Takes type parameters away from a field.
	 */
	void removeFieldParams(CollectionName collection, String field, Set<String> keys);

	/**
	 * Takes parameters away from an index.
	 * @param index its name
	 */
	void removeIndexParams(CollectionName collection, String index, Set<String> keys);

	/**
	 * Gives the collection another description.
	 */
	void describeAs(CollectionName collection, String description);

}
