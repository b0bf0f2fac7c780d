package dev.milvusbackup.milvus;

import java.util.Base64;
import java.util.List;

import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Function;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.StructArrayField;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.StructArrayFieldSchema;

/**
 * From Milvus's schema to the model. {@link SchemaWriter} is the reverse.
 */
final class SchemaReader {

	/** Number of {@code CollectionSchema.external_source}. */
	private static final int EXTERNAL_SOURCE = 11;

	/** Number of {@code FieldSchema.external_field}. */
	private static final int EXTERNAL_FIELD = 17;

	private SchemaReader() {
	}

	@SuppressWarnings("deprecation") // old servers tell autoID at the collection
	static Schema schema(CollectionSchema schema) {
		return new Schema(schema.getName(), schema.getDescription(), schema.getAutoID(), fields(schema.getFieldsList()),
				schema.getEnableDynamicField(), pairs(schema.getPropertiesList()),
				schema.getFunctionsList().stream().map(SchemaReader::function).toList(),
				schema.getStructArrayFieldsList().stream().map(SchemaReader::structArrayField).toList(),
				isExternal(schema));
	}

	/** Milvus 3.0 has it; the SDK does not know it yet. */
	private static boolean isExternal(CollectionSchema schema) {
		return schema.getUnknownFields().hasField(EXTERNAL_SOURCE) || schema.getFieldsList()
			.stream()
			.anyMatch((field) -> field.getUnknownFields().hasField(EXTERNAL_FIELD));
	}

	static List<KeyValue> pairs(List<KeyValuePair> pairs) {
		return pairs.stream().map((pair) -> new KeyValue(pair.getKey(), pair.getValue())).toList();
	}

	private static List<Field> fields(List<FieldSchema> fields) {
		return fields.stream().map(SchemaReader::field).toList();
	}

	static Field field(FieldSchema field) {
		String defaultValue = field.hasDefaultValue()
				? Base64.getEncoder().encodeToString(field.getDefaultValue().toByteArray()) : null;
		return new Field(field.getFieldID(), field.getName(), field.getIsPrimaryKey(), field.getDescription(),
				field.getDataTypeValue(), pairs(field.getTypeParamsList()), pairs(field.getIndexParamsList()),
				field.getAutoID(), field.getStateValue(), field.getElementTypeValue(), field.getIsDynamic(),
				field.getIsPartitionKey(), field.getNullable(), field.getIsFunctionOutput(), field.getIsClusteringKey(),
				defaultValue);
	}

	private static Function function(FunctionSchema function) {
		return new Function(function.getName(), function.getId(), function.getDescription(), function.getTypeValue(),
				function.getInputFieldNamesList(), function.getInputFieldIdsList(), function.getOutputFieldNamesList(),
				function.getOutputFieldIdsList(), pairs(function.getParamsList()));
	}

	private static StructArrayField structArrayField(StructArrayFieldSchema field) {
		return new StructArrayField(field.getFieldID(), field.getName(), field.getDescription(),
				fields(field.getFieldsList()), pairs(field.getTypeParamsList()));
	}

}
