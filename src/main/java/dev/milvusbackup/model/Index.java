package dev.milvusbackup.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An index of a field.
 *
 * @param type the parameter {@code index_type}, empty where the server reports none
 * @param params all parameters of the index, in the server's order
 * @param id 0 when unknown
 */
public record Index(String fieldName, String name, String type, Map<String, String> params, long id) {

	public Index {
		params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
	}

}
