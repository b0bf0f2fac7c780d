package dev.milvusbackup.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A field of a collection (format.md 5.6).
 *
 * @param dataType Milvus's number of the type; unknown numbers pass through
 * @param elementType type of the elements of arrays, 0 for all other types
 * @param defaultValue protobuf {@code schema.ValueField} in base64, null for none
 * @param clusteringKey not in the Go tool's format; kept in a key of our own
 */
public record Field(long id, String name, boolean primaryKey, String description, int dataType,
		List<KeyValue> typeParams, List<KeyValue> indexParams, boolean autoId, int state, int elementType,
		boolean dynamic, boolean partitionKey, boolean nullable, boolean functionOutput, boolean clusteringKey,
		@Nullable String defaultValue) {

	public Field {
		typeParams = List.copyOf(typeParams);
		indexParams = List.copyOf(indexParams);
	}

}
