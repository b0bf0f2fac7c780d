package dev.milvusbackup.model;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keys of a collection's parameters that are not restored (behaviour.md B.6).
 *
 * @param collectionProperties of the collection and its schema
 * @param fieldTypeParams such as {@code mmap.enabled} of a field
 * @param fieldIndexParams those that lie in the schema
 * @param indexParams of the indexes themselves
 */
public record SkipParams(Set<String> collectionProperties, Set<String> fieldTypeParams, Set<String> fieldIndexParams,
		Set<String> indexParams) {

	/** Everything is restored. */
	public static final SkipParams NONE = new SkipParams(Set.of(), Set.of(), Set.of(), Set.of());

	public SkipParams {
		// sorted, so that equal ones read alike
		collectionProperties = Collections.unmodifiableSet(new TreeSet<>(collectionProperties));
		fieldTypeParams = Collections.unmodifiableSet(new TreeSet<>(fieldTypeParams));
		fieldIndexParams = Collections.unmodifiableSet(new TreeSet<>(fieldIndexParams));
		indexParams = Collections.unmodifiableSet(new TreeSet<>(indexParams));
	}

	public boolean isEmpty() {
		return equals(NONE);
	}

	/**
	 * The field without them.
	 */
	public Field without(Field field) {
		return new Field(field.id(), field.name(), field.primaryKey(), field.description(), field.dataType(),
				without(field.typeParams(), this.fieldTypeParams), without(field.indexParams(), this.fieldIndexParams),
				field.autoId(), field.state(), field.elementType(), field.dynamic(), field.partitionKey(),
				field.nullable(), field.functionOutput(), field.clusteringKey(), field.defaultValue());
	}

	/**
	 * The list without keys of a set.
	 */
	public static List<KeyValue> without(List<KeyValue> pairs, Set<String> keys) {
		return pairs.stream().filter((pair) -> !keys.contains(pair.key())).toList();
	}

}
