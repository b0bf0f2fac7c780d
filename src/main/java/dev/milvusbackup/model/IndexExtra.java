package dev.milvusbackup.model;

import java.util.List;

/**
 * What only Milvus's own metadata store tells of an index (format.md 5.7).
 *
 * @param createTime TSO
 * @param userIndexParams as the user gave them, before the server added its own
 * @param autoIndex whether the server chose the type
 * @param minVersion lowest version of the index engine that can read it
 * @param maxVersion highest version of the index engine that can read it
 */
public record IndexExtra(long fieldId, long createTime, List<KeyValue> typeParams, List<KeyValue> indexParams,
		List<KeyValue> userIndexParams, boolean autoIndex, int minVersion, int maxVersion) {

	public IndexExtra {
		typeParams = List.copyOf(typeParams);
		indexParams = List.copyOf(indexParams);
		userIndexParams = List.copyOf(userIndexParams);
	}

}
