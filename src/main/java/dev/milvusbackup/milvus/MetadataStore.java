package dev.milvusbackup.milvus;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.IndexExtra;

/**
 * The store that Milvus keeps its own metadata in, for what no request tells
 * (behaviour.md D.5). Connects with the first question. Thread-safe; transient failures
 * are retried inside. Every method throws {@link MilvusException}.
 */
public interface MetadataStore {

	/**
	 * Names the store and the root path in it.
	 */
	String address();

	/**
	 * Whether a Milvus keeps its metadata below the root path.
	 */
	boolean isUsed();

	/**
	 * Index id to what is known of it; indexes that are being dropped are left out.
	 */
	Map<Long, IndexExtra> indexes(Collection collection);

	/**
	 * All fields, the hidden dynamic one included, in the order of their ids; none when
	 * the store does not know the collection.
	 */
	List<Field> fields(Collection collection);

}
