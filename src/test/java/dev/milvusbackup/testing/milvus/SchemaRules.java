package dev.milvusbackup.testing.milvus;

import java.util.TreeMap;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;

/**
 * What a server makes of a schema: what its protocol does not have is silently left out,
 * what it has no type for is refused.
 */
final class SchemaRules {

	private static final int MOST_SHARDS = 16;

	/** By the number of the first type that needs it: types without an entry are old. */
	private static final TreeMap<Integer, int[]> TYPES = new TreeMap<>();

	static {
		TYPES.put(22, new int[] { 2, 3, 0 });
		TYPES.put(23, new int[] { 2, 2, 9 });
		TYPES.put(24, new int[] { 2, 6, 4 });
		TYPES.put(25, new int[] { 3, 0, 0 });
		TYPES.put(26, new int[] { 2, 6, 4 });
		TYPES.put(102, new int[] { 2, 4, 0 });
		TYPES.put(103, new int[] { 2, 4, 0 });
		TYPES.put(104, new int[] { 2, 4, 0 });
		TYPES.put(105, new int[] { 2, 6, 0 });
		TYPES.put(106, new int[] { 2, 6, 4 });
	}

	private final FakeVersion version;

	SchemaRules(FakeVersion version) {
		this.version = version;
	}

	/**
	 * Without what the version does not know.
	 */
	CollectionSchema understood(CollectionSchema schema) {
		CollectionSchema.Builder builder = schema.toBuilder().clearFields();
		schema.getFieldsList().forEach((field) -> builder.addFields(understood(field)));
		if (!this.version.isAtLeast(2, 2, 9)) {
			builder.clearEnableDynamicField();
		}
		if (!this.version.isAtLeast(2, 5, 0)) {
			builder.clearFunctions().clearProperties();
		}
		if (!this.version.isAtLeast(2, 6, 4)) {
			builder.clearStructArrayFields();
		}
		return builder.build();
	}

	/**
	 * Why a collection cannot be created so, empty when it can.
	 */
	String objection(CollectionSchema schema, int shards) {
		if (shards > MOST_SHARDS) {
			return "maximum shards's number should be limited to " + MOST_SHARDS;
		}
		for (FieldSchema field : schema.getFieldsList()) {
			int[] since = TYPES.get(field.getDataTypeValue());
			if (since != null && !this.version.isAtLeast(since[0], since[1], since[2])) {
				return "data type " + field.getDataTypeValue() + " of field '" + field.getName() + "' is not supported";
			}
		}
		return (schema.getFieldsCount() == 0) ? "there is no primary key" : "";
	}

	private FieldSchema understood(FieldSchema field) {
		FieldSchema.Builder builder = field.toBuilder();
		if (!this.version.isAtLeast(2, 2, 9)) {
			builder.clearIsPartitionKey();
		}
		if (!this.version.isAtLeast(2, 4, 6)) {
			builder.clearIsClusteringKey();
		}
		if (!this.version.isAtLeast(2, 5, 0)) {
			builder.clearNullable().clearDefaultValue().clearIsFunctionOutput();
		}
		return builder.build();
	}

}
