package dev.milvusbackup.compat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.StructArrayFieldSchema;
import io.milvus.grpc.ValueField;

/**
 * Fields of all types that a version has, with all that they can have.
 */
record RandomFields(String version, Random random) {

	/** Number of a type to the first version that has it (format.md 3). */
	private static final Map<Integer, String> TYPES = new LinkedHashMap<>();

	static {
		for (int old : List.of(1, 2, 3, 4, 5, 10, 11, 21, 100, 101)) {
			TYPES.put(old, "2.2.0");
		}
		TYPES.put(22, "2.3.0");
		TYPES.put(23, "2.2.9");
		TYPES.put(24, "2.6.4");
		TYPES.put(25, "3.0.0");
		TYPES.put(26, "2.6.4");
		TYPES.put(102, "2.4.0");
		TYPES.put(103, "2.4.0");
		TYPES.put(104, "2.4.0");
		TYPES.put(105, "2.6.0");
		// one that nobody knows yet
		TYPES.put(60, "3.0.0");
	}

	private static final Set<Integer> NUMBERS = Set.of(2, 3, 4, 5);

	/**
	 * Vectors that have to be indexed before the collection can be loaded; none when it
	 * cannot.
	 */
	static List<String> vectors(CollectionSchema schema) {
		return (schema.getStructArrayFieldsCount() > 0) ? List.of()
				: schema.getFieldsList()
					.stream()
					.filter((field) -> field.getDataTypeValue() >= 100)
					.map(FieldSchema::getName)
					.toList();
	}

	void addTo(CollectionSchema.Builder schema) {
		List<Integer> types = new ArrayList<>(TYPES.keySet());
		types.removeIf((type) -> Versions.compare(this.version, TYPES.get(type)) < 0);
		for (int i = this.random.nextInt(6); i > 0; i--) {
			schema.addFields(field("field_" + i, types.get(this.random.nextInt(types.size()))));
		}
		if (since("2.4.6") && this.random.nextInt(4) == 0) {
			schema.addFields(field("cluster", 5).toBuilder().setIsClusteringKey(true).clearNullable());
		}
		if (since("2.5.0") && this.random.nextInt(3) == 0) {
			addFunction(schema);
		}
		if (since("2.6.4") && this.random.nextInt(3) == 0) {
			schema.addStructArrayFields(struct());
		}
		schema.setDescription("described " + this.random.nextInt(100));
	}

	private FieldSchema field(String name, int type) {
		FieldSchema.Builder field = FieldSchema.newBuilder().setName(name).setDataTypeValue(type);
		if (type == DataType.Array_VALUE) {
			field.setElementType(DataType.VarChar).addTypeParams(pair("max_capacity", "16"));
		}
		if (type == DataType.VarChar_VALUE || type == DataType.Array_VALUE) {
			field.addTypeParams(pair("max_length", "32"));
		}
		if (type >= 100 && type != DataType.SparseFloatVector_VALUE) {
			field.addTypeParams(pair("dim", "16"));
		}
		if (this.random.nextInt(4) == 0) {
			field.addTypeParams(pair("mmap.enabled", Boolean.toString(this.random.nextBoolean())));
			field.setDescription("about " + name);
		}
		if (type < 100 && since("2.5.0")) {
			optional(field, type);
		}
		return field.build();
	}

	private void optional(FieldSchema.Builder field, int type) {
		field.setNullable(this.random.nextInt(3) == 0);
		ValueField.Builder value = ValueField.newBuilder();
		if (this.random.nextBoolean()) {
			return;
		}
		if (type == DataType.Bool_VALUE) {
			field.setDefaultValue(value.setBoolData(true));
		}
		else if (NUMBERS.contains(type)) {
			field.setDefaultValue(value.setIntData(this.random.nextInt(100)));
		}
		else if (type == DataType.Float_VALUE || type == DataType.Double_VALUE) {
			field.setDefaultValue(value.setDoubleData(this.random.nextDouble()));
		}
		else if (type == DataType.VarChar_VALUE) {
			field.setDefaultValue(value.setStringData("größer"));
		}
	}

	/** BM25, those that Milvus has since 2.6, or one that nobody knows yet. */
	private void addFunction(CollectionSchema.Builder schema) {
		List<Integer> types = since("3.0.0") ? List.of(FunctionType.BM25_VALUE, FunctionType.TextEmbedding_VALUE, 4, 77)
				: since("2.6.0") ? List.of(FunctionType.BM25_VALUE, FunctionType.TextEmbedding_VALUE, 4)
						: List.of(FunctionType.BM25_VALUE);
		int type = types.get(this.random.nextInt(types.size()));
		schema.addFields(FieldSchema.newBuilder()
			.setName("body")
			.setDataType(DataType.VarChar)
			.addTypeParams(pair("max_length", "1000"))
			.addTypeParams(pair("enable_analyzer", "true"))
			.addTypeParams(pair("enable_match", "true"))
			.addTypeParams(pair("analyzer_params", "{\"type\":\"english\"}")));
		FieldSchema.Builder output = FieldSchema.newBuilder().setName("computed").setIsFunctionOutput(true);
		schema.addFields(switch (type) {
			case FunctionType.BM25_VALUE -> output.setDataType(DataType.SparseFloatVector);
			// MinHash (format.md 3)
			case 4 -> output.setDataType(DataType.BinaryVector).addTypeParams(pair("dim", "64"));
			default -> output.setDataType(DataType.FloatVector).addTypeParams(pair("dim", "8"));
		});
		schema.addFunctions(FunctionSchema.newBuilder()
			.setName("compute")
			.setDescription("computes")
			.setTypeValue(type)
			.addInputFieldNames("body")
			.addOutputFieldNames("computed")
			.addParams(pair("provider", "tei")));
	}

	private StructArrayFieldSchema struct() {
		StructArrayFieldSchema.Builder struct = StructArrayFieldSchema.newBuilder()
			.setName("parts")
			.setDescription("parts")
			.addFields(FieldSchema.newBuilder()
				.setName("size")
				.setDataType(DataType.Array)
				.setElementType(DataType.Int32)
				.addTypeParams(pair("max_capacity", "8")));
		if (this.random.nextBoolean()) {
			struct.addFields(FieldSchema.newBuilder()
				.setName("picture")
				.setDataType(DataType.ArrayOfVector)
				.setElementType(DataType.FloatVector)
				.addTypeParams(pair("max_capacity", "8"))
				.addTypeParams(pair("dim", "4")));
		}
		return struct.build();
	}

	private boolean since(String first) {
		return Versions.compare(this.version, first) >= 0;
	}

	private static KeyValuePair pair(String key, String value) {
		return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
	}

}
