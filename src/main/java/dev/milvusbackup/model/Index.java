package dev.milvusbackup.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An index of a field.
 *
 * @param type the parameter {@code index_type}, empty where the server reports none
 * @param params all parameters of the index, in the server's order
 * @param id 0 when unknown
 * @param extra null unless the metadata store was asked
 */
public record Index(String fieldName, String name, String type, Map<String, String> params, long id,
		@Nullable IndexExtra extra) {

	public Index {
		params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
	}

	public Index(String fieldName, String name, String type, Map<String, String> params, long id) {
		this(fieldName, name, type, params, id, null);
	}

	/**
	 * The same index with what the metadata store tells of it.
	 */
	public Index withExtra(IndexExtra newExtra) {
		return new Index(this.fieldName, this.name, this.type, this.params, this.id, newExtra);
	}

}
