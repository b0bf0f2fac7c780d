package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Function;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.StructArrayField;
import org.jspecify.annotations.Nullable;

/**
 * Compares a collection with what the server was asked to create. What the server adds to
 * lists of parameters and properties is its own affair. Pure.
 */
final class ShapeCheck {

	private static final int MOST = 5;

	private final List<String> differences = new ArrayList<>();

	private ShapeCheck() {
	}

	/**
	 * What differs, for an operator; not more than a few.
	 */
	static List<String> differences(Collection asked, Collection found) {
		ShapeCheck check = new ShapeCheck();
		check.fields(asked.schema(), found.schema());
		check.functions(asked.schema(), found.schema());
		check.same("the dynamic field", asked.schema().dynamicFieldEnabled(), found.schema().dynamicFieldEnabled());
		check.same("the description", asked.schema().description(), found.schema().description());
		check.same("the consistency level", asked.consistencyLevel(), found.consistencyLevel());
		if (asked.shards() > 0) {
			check.same("the number of shards", asked.shards(), found.shards());
		}
		check.contains("property", properties(asked), properties(found));
		return check.differences.subList(0, Math.min(MOST, check.differences.size()));
	}

	private void fields(Schema asked, Schema found) {
		Map<String, Field> there = fields(found);
		Map<String, Field> wanted = fields(asked);
		wanted.forEach((name, field) -> {
			Field other = there.get(name);
			if (other == null) {
				this.differences.add("field " + name + " is missing");
			}
			else {
				field("field " + name, field, other);
			}
		});
		there.keySet()
			.stream()
			.filter((name) -> !wanted.containsKey(name))
			.forEach((name) -> this.differences.add("field " + name + " was not asked for"));
		for (StructArrayField struct : asked.structArrayFields()) {
			found.structArrayFields()
				.stream()
				.filter((other) -> other.name().equals(struct.name()))
				.forEach((other) -> {
					same("the id of field " + struct.name(), struct.id(), other.id());
					same("nullable of field " + struct.name(), struct.nullable(), other.nullable());
					contains("parameter of field " + struct.name(), map(struct.typeParams()), map(other.typeParams()));
				});
		}
	}

	private void field(String name, Field asked, Field found) {
		same("the id of " + name, asked.id(), found.id());
		same("the type of " + name, asked.dataType(), found.dataType());
		same("the element type of " + name, asked.elementType(), found.elementType());
		same("the description of " + name, asked.description(), found.description());
		same("the default value of " + name, asked.defaultValue(), found.defaultValue());
		same("primary key of " + name, asked.primaryKey(), found.primaryKey());
		same("auto id of " + name, asked.autoId(), found.autoId());
		same("partition key of " + name, asked.partitionKey(), found.partitionKey());
		same("clustering key of " + name, asked.clusteringKey(), found.clusteringKey());
		same("nullable of " + name, asked.nullable(), found.nullable());
		same("function output of " + name, asked.functionOutput(), found.functionOutput());
		contains("parameter of " + name, map(asked.typeParams()), map(found.typeParams()));
	}

	private void functions(Schema asked, Schema found) {
		Map<String, Function> there = new LinkedHashMap<>();
		found.functions().forEach((function) -> there.put(function.name(), function));
		for (Function function : asked.functions()) {
			String name = "function " + function.name();
			Function other = there.get(function.name());
			if (other == null) {
				this.differences.add(name + " is missing");
				continue;
			}
			same("the type of " + name, function.type(), other.type());
			same("the input of " + name, function.inputFieldNames(), other.inputFieldNames());
			same("the output of " + name, function.outputFieldNames(), other.outputFieldNames());
			contains("parameter of " + name, map(function.params()), map(other.params()));
		}
	}

	private void same(String what, @Nullable Object asked, @Nullable Object found) {
		if (!Objects.equals(asked, found)) {
			this.differences.add(what + " is " + found + " instead of " + asked);
		}
	}

	private void contains(String what, Map<String, String> asked, Map<String, String> found) {
		asked.forEach((key, value) -> {
			String other = found.get(key);
			if (other == null) {
				this.differences.add(what + " " + key + " is missing");
			}
			else {
				same(what + " " + key, value, other);
			}
		});
	}

	/** Servers tell them in the schema, in the collection or in both: the latter wins. */
	private static Map<String, String> properties(Collection collection) {
		Map<String, String> properties = map(collection.schema().properties());
		properties.putAll(map(collection.properties()));
		return properties;
	}

	private static Map<String, String> map(List<KeyValue> pairs) {
		Map<String, String> map = new TreeMap<>();
		pairs.forEach((pair) -> map.put(pair.key(), pair.value()));
		return map;
	}

	private static Map<String, Field> fields(Schema schema) {
		Map<String, Field> fields = new LinkedHashMap<>();
		schema.fields()
			.stream()
			.filter((field) -> !field.dynamic())
			.forEach((field) -> fields.put(field.name(), field));
		schema.structArrayFields()
			.forEach((struct) -> struct.fields()
				.forEach((field) -> fields.put(struct.name() + "." + field.name(), field)));
		return fields;
	}

}
