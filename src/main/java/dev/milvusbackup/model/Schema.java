package dev.milvusbackup.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Schema of a collection as Milvus describes it (format.md 5.6): without the hidden
 * dynamic field unless the source could see it.
 *
 * @param properties the list inside the schema, which servers fill in addition to or
 * instead of the collection's own
 * @param external whether it only describes data that lies outside of Milvus
 */
public record Schema(String name, String description, boolean autoId, List<Field> fields, boolean dynamicFieldEnabled,
		List<KeyValue> properties, List<Function> functions, List<StructArrayField> structArrayFields,
		boolean external) {

	public Schema {
		fields = List.copyOf(fields);
		properties = List.copyOf(properties);
		functions = List.copyOf(functions);
		structArrayFields = List.copyOf(structArrayFields);
	}

	/**
	 * The same schema with one more field, at the end.
	 */
	public Schema withField(Field field) {
		List<Field> all = new ArrayList<>(this.fields);
		all.add(field);
		return new Schema(this.name, this.description, this.autoId, all, this.dynamicFieldEnabled, this.properties,
				this.functions, this.structArrayFields);
	}

	/**
	 * Of a collection whose data is in Milvus.
	 */
	public Schema(String name, String description, boolean autoId, List<Field> fields, boolean dynamicFieldEnabled,
			List<KeyValue> properties, List<Function> functions, List<StructArrayField> structArrayFields) {
		this(name, description, autoId, fields, dynamicFieldEnabled, properties, functions, structArrayFields, false);
	}

}
