package dev.milvusbackup.compat;

import dev.milvusbackup.testing.milvus.FakeSchemas;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.StructArrayFieldSchema;
import io.milvus.grpc.ValueField;

/**
 * Schemas with what newer versions can have.
 */
final class Schemas {

	private Schemas() {
	}

	static FieldSchema nullable(String name) {
		return FieldSchema.newBuilder().setName(name).setDataType(DataType.Int64).setNullable(true).build();
	}

	static CollectionSchema rich() {
		return FakeSchemas.simple()
			.toBuilder()
			.addFields(nullable("maybe"))
			.addFields(FieldSchema.newBuilder()
				.setName("usually")
				.setDataType(DataType.VarChar)
				.addTypeParams(pair("max_length", "10"))
				.setDefaultValue(ValueField.newBuilder().setStringData("n/a")))
			.addFields(FieldSchema.newBuilder()
				.setName("body")
				.setDataType(DataType.VarChar)
				.addTypeParams(pair("max_length", "1000"))
				.addTypeParams(pair("enable_analyzer", "true"))
				.addTypeParams(pair("analyzer_params", "{\"type\":\"english\"}")))
			.addFields(FieldSchema.newBuilder()
				.setName("words")
				.setDataType(DataType.SparseFloatVector)
				.setIsFunctionOutput(true))
			.addFunctions(FunctionSchema.newBuilder()
				.setName("bm25")
				.setType(FunctionType.BM25)
				.addInputFieldNames("body")
				.addOutputFieldNames("words"))
			.build();
	}

	static CollectionSchema structs() {
		return FakeSchemas.simple()
			.toBuilder()
			.addStructArrayFields(StructArrayFieldSchema.newBuilder()
				.setName("chapters")
				.addFields(FieldSchema.newBuilder()
					.setName("title")
					.setDataType(DataType.Array)
					.setElementType(DataType.VarChar)
					.addTypeParams(pair("max_capacity", "8"))
					.addTypeParams(pair("max_length", "100")))
				.addFields(FieldSchema.newBuilder()
					.setName("embedding")
					.setDataType(DataType.ArrayOfVector)
					.setElementType(DataType.FloatVector)
					.addTypeParams(pair("max_capacity", "8"))
					.addTypeParams(pair("dim", "4"))))
			.build();
	}

	private static KeyValuePair pair(String key, String value) {
		return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
	}

}
