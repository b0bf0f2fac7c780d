package dev.milvusbackup.model;

import java.util.List;

/**
 * A function that computes fields from fields, for instance BM25 (format.md 5.6).
 *
 * @param type Milvus's number of the function type; unknown numbers pass through
 */
public record Function(String name, long id, String description, int type, List<String> inputFieldNames,
		List<Long> inputFieldIds, List<String> outputFieldNames, List<Long> outputFieldIds, List<KeyValue> params) {

	public Function {
		inputFieldNames = List.copyOf(inputFieldNames);
		inputFieldIds = List.copyOf(inputFieldIds);
		outputFieldNames = List.copyOf(outputFieldNames);
		outputFieldIds = List.copyOf(outputFieldIds);
		params = List.copyOf(params);
	}

}
