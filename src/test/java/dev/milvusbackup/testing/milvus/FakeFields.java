package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.StructArrayFieldSchema;

/**
 * The fields of a collection. Ids are given out in order, whatever the request says:
 * fields, the hidden dynamic field, struct arrays with their fields, later additions.
 */
final class FakeFields {

	private static final Set<Long> SYSTEM_FIELDS = Set.of(0L, 1L);

	private static final long FIRST_ID = 100;

	private CollectionSchema schema;

	private long lastId = FIRST_ID - 1;

	/** 0 for none. */
	private long dynamicFieldId;

	FakeFields(String name, CollectionSchema requested) {
		CollectionSchema.Builder builder = requested.toBuilder()
			.setName(name)
			.clearFields()
			.clearStructArrayFields()
			.clearFunctions();
		requested.getFieldsList().forEach((field) -> builder.addFields(numbered(field)));
		if (requested.getEnableDynamicField()) {
			this.dynamicFieldId = ++this.lastId;
		}
		requested.getStructArrayFieldsList().forEach((field) -> builder.addStructArrayFields(numbered(field)));
		this.schema = builder.build();
		CollectionSchema.Builder complete = this.schema.toBuilder();
		for (FunctionSchema function : requested.getFunctionsList()) {
			complete.addFunctions(numbered(function, FIRST_ID + complete.getFunctionsCount()));
		}
		this.schema = complete.build();
	}

	/**
	 * 0 when there is no dynamic field.
	 */
	long dynamicId() {
		return this.dynamicFieldId;
	}

	CollectionSchema schema() {
		return this.schema;
	}

	/**
	 * As a server's own metadata have them: with the hidden dynamic field.
	 */
	List<FieldSchema> all() {
		List<FieldSchema> all = new ArrayList<>(this.schema.getFieldsList());
		if (this.dynamicFieldId > 0) {
			all.add(FieldSchema.newBuilder()
				.setFieldID(this.dynamicFieldId)
				.setName("$meta")
				.setDescription("dynamic schema")
				.setDataType(DataType.JSON)
				.setIsDynamic(true)
				.build());
		}
		return all;
	}

	void add(FieldSchema field) {
		this.schema = this.schema.toBuilder().addFields(numbered(field)).build();
	}

	/**
	 * The fields of a snapshot keep their numbers.
	 */
	void restore(CollectionSchema saved) {
		this.schema = saved.toBuilder().setName(this.schema.getName()).build();
		columns().forEach((field) -> this.lastId = Math.max(this.lastId, field.getFieldID()));
	}

	/**
	 * The number of a field is not used again.
	 */
	void drop(String name) {
		CollectionSchema.Builder builder = this.schema.toBuilder().clearFields();
		this.schema.getFieldsList()
			.stream()
			.filter((field) -> !field.getName().equals(name))
			.forEach(builder::addFields);
		this.schema = builder.build();
	}

	void describe(String description) {
		this.schema = this.schema.toBuilder().setDescription(description).build();
	}

	void replace(FieldSchema changed) {
		CollectionSchema.Builder builder = this.schema.toBuilder();
		for (int i = 0; i < builder.getFieldsCount(); i++) {
			if (builder.getFields(i).getName().equals(changed.getName())) {
				builder.setFields(i, changed);
			}
		}
		this.schema = builder.build();
	}

	/**
	 * Ids of the fields whose values are stored, with the system's own.
	 */
	Set<Long> stored() {
		Set<Long> ids = new TreeSet<>(SYSTEM_FIELDS);
		columns().forEach((field) -> ids.add(field.getFieldID()));
		if (this.dynamicFieldId > 0) {
			ids.add(this.dynamicFieldId);
		}
		return ids;
	}

	/**
	 * Ids of the fields without whose values no row can be made.
	 */
	Set<Long> indispensable() {
		Set<Long> ids = new TreeSet<>(SYSTEM_FIELDS);
		columns().filter((field) -> !field.getNullable() && !field.hasDefaultValue())
			.forEach((field) -> ids.add(field.getFieldID()));
		return ids;
	}

	Set<Long> vectors() {
		Set<Long> ids = new TreeSet<>();
		columns().filter((field) -> isVector(field.getDataType())).forEach((field) -> ids.add(field.getFieldID()));
		return ids;
	}

	/**
	 * Directory to fields: one for each.
	 */
	Map<Long, Set<Long>> oneEach() {
		Map<Long, Set<Long>> directories = new TreeMap<>();
		stored().forEach((field) -> directories.put(field, Set.of(field)));
		return directories;
	}

	/**
	 * Directory to fields: one for each vector, and 0 for all others.
	 */
	Map<Long, Set<Long>> groups() {
		Map<Long, Set<Long>> directories = new TreeMap<>();
		Set<Long> others = stored();
		others.removeAll(vectors());
		directories.put(0L, others);
		vectors().forEach((field) -> directories.put(field, Set.of(field)));
		return directories;
	}

	String name(long id) {
		return columns().filter((field) -> field.getFieldID() == id)
			.map(FieldSchema::getName)
			.findFirst()
			.orElse(Long.toString(id));
	}

	private Stream<FieldSchema> columns() {
		return Stream.concat(this.schema.getFieldsList().stream(),
				this.schema.getStructArrayFieldsList().stream().flatMap((field) -> field.getFieldsList().stream()));
	}

	private FieldSchema numbered(FieldSchema field) {
		return field.toBuilder().setFieldID(++this.lastId).build();
	}

	private StructArrayFieldSchema numbered(StructArrayFieldSchema field) {
		StructArrayFieldSchema.Builder builder = field.toBuilder().setFieldID(++this.lastId).clearFields();
		field.getFieldsList().forEach((inner) -> builder.addFields(numbered(inner)));
		return builder.build();
	}

	private FunctionSchema numbered(FunctionSchema function, long id) {
		FunctionSchema.Builder builder = function.toBuilder().setId(id).clearInputFieldIds().clearOutputFieldIds();
		function.getInputFieldNamesList().forEach((name) -> builder.addInputFieldIds(idOf(name)));
		function.getOutputFieldNamesList().forEach((name) -> builder.addOutputFieldIds(idOf(name)));
		return builder.build();
	}

	private long idOf(String name) {
		return columns().filter((field) -> field.getName().equals(name))
			.mapToLong(FieldSchema::getFieldID)
			.findFirst()
			.orElse(0);
	}

	private static boolean isVector(DataType type) {
		return type.name().endsWith("Vector");
	}

}
