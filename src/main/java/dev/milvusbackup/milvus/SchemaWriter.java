package dev.milvusbackup.milvus;

import java.util.Base64;
import java.util.List;

import com.google.protobuf.InvalidProtocolBufferException;
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
import io.milvus.grpc.ValueField;

/**
 * From the model to Milvus's schema, with the ids of fields and functions.
 */
final class SchemaWriter {

	private SchemaWriter() {
	}

	/**
	 * @param fields those of the schema's fields to send
	 */
	@SuppressWarnings("deprecation") // old servers want autoID at the collection
	static CollectionSchema schema(String name, Schema schema, List<Field> fields) {
		return CollectionSchema.newBuilder()
			.setName(name)
			.setDescription(schema.description())
			.setAutoID(schema.autoId())
			.addAllFields(fields.stream().map(SchemaWriter::field).toList())
			.setEnableDynamicField(schema.dynamicFieldEnabled())
			.addAllProperties(pairs(schema.properties()))
			.addAllFunctions(schema.functions().stream().map(SchemaWriter::function).toList())
			.addAllStructArrayFields(schema.structArrayFields().stream().map(SchemaWriter::structArrayField).toList())
			.build();
	}

	/**
	 * @throws IllegalArgumentException when the default value cannot be read
	 */
	static FieldSchema field(Field field) {
		FieldSchema.Builder builder = FieldSchema.newBuilder()
			.setFieldID(field.id())
			.setName(field.name())
			.setIsPrimaryKey(field.primaryKey())
			.setDescription(field.description())
			.setDataTypeValue(field.dataType())
			.addAllTypeParams(pairs(field.typeParams()))
			.addAllIndexParams(pairs(field.indexParams()))
			.setAutoID(field.autoId())
			.setElementTypeValue(field.elementType())
			.setIsDynamic(field.dynamic())
			.setIsPartitionKey(field.partitionKey())
			.setNullable(field.nullable())
			.setIsFunctionOutput(field.functionOutput())
			.setIsClusteringKey(field.clusteringKey());
		if (field.defaultValue() != null) {
			builder.setDefaultValue(defaultValue(field.name(), field.defaultValue()));
		}
		return builder.build();
	}

	static List<KeyValuePair> pairs(List<KeyValue> pairs) {
		return pairs.stream().map((pair) -> pair(pair.key(), pair.value())).toList();
	}

	static KeyValuePair pair(String key, String value) {
		return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
	}

	private static ValueField defaultValue(String field, String base64) {
		try {
			return ValueField.parseFrom(Base64.getDecoder().decode(base64));
		}
		catch (IllegalArgumentException | InvalidProtocolBufferException ex) {
			throw new IllegalArgumentException("the default value of field '" + field + "' is damaged", ex);
		}
	}

	private static FunctionSchema function(Function function) {
		return FunctionSchema.newBuilder()
			.setName(function.name())
			.setId(function.id())
			.setDescription(function.description())
			.setTypeValue(function.type())
			.addAllInputFieldNames(function.inputFieldNames())
			.addAllInputFieldIds(function.inputFieldIds())
			.addAllOutputFieldNames(function.outputFieldNames())
			.addAllOutputFieldIds(function.outputFieldIds())
			.addAllParams(pairs(function.params()))
			.build();
	}

	private static StructArrayFieldSchema structArrayField(StructArrayField field) {
		return StructArrayFieldSchema.newBuilder()
			.setFieldID(field.id())
			.setName(field.name())
			.setDescription(field.description())
			.addAllFields(field.fields().stream().map(SchemaWriter::field).toList())
			.addAllTypeParams(pairs(field.typeParams()))
			.build();
	}

}
