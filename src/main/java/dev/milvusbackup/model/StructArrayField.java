package dev.milvusbackup.model;

import java.util.List;

/**
 * A field whose elements are structs of sub-fields (format.md 5.6).
 *
 * @param typeParams not in the Go tool's format; kept in a key of our own
 * @param nullable not in the Go tool's format; kept in a key of our own
 */
public record StructArrayField(long id, String name, String description, List<Field> fields, List<KeyValue> typeParams,
		boolean nullable) {

	public StructArrayField {
		fields = List.copyOf(fields);
		typeParams = List.copyOf(typeParams);
	}

	public StructArrayField(long id, String name, String description, List<Field> fields, List<KeyValue> typeParams) {
		this(id, name, description, fields, typeParams, false);
	}

}
