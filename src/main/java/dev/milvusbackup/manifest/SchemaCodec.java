package dev.milvusbackup.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Function;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.StructArrayField;
import org.jspecify.annotations.Nullable;

/**
 * {@code CollectionSchema} and what it consists of.
 */
final class SchemaCodec {

	/** What invalid UTF-8 became when releases up to v0.5.9 wrote raw bytes as text. */
	private static final char LOST = '\uFFFD';

	private SchemaCodec() {
	}

	static void write(JsonWriter json, Schema schema) {
		json.text("name", schema.name())
			.text("description", schema.description())
			.flag("autoID", schema.autoId())
			.objects("fields", schema.fields(), (field) -> write(json, field))
			.flag("enable_dynamic_field", schema.dynamicFieldEnabled())
			.keyValues("properties", schema.properties())
			.objects("functions", schema.functions(), (function) -> write(json, function))
			.objects("struct_array_fields", schema.structArrayFields(), (field) -> write(json, field));
	}

	static Schema read(JsonObject json) {
		return new Schema(json.text("name"), json.text("description"), json.flag("autoID"),
				json.objects("fields", SchemaCodec::field), json.flag("enable_dynamic_field"),
				json.keyValues("properties"), json.objects("functions", SchemaCodec::function),
				json.objects("struct_array_fields", SchemaCodec::structArrayField));
	}

	/** {@code is_clustering_key} is a key of our own. */
	private static void write(JsonWriter json, Field field) {
		json.number("fieldID", field.id())
			.text("name", field.name())
			.flag("is_primary_key", field.primaryKey())
			.text("description", field.description())
			.number("data_type", field.dataType())
			.keyValues("type_params", field.typeParams())
			.keyValues("index_params", field.indexParams())
			.flag("autoID", field.autoId())
			.number("state", field.state())
			.number("element_type", field.elementType())
			.flag("is_dynamic", field.dynamic())
			.flag("is_partition_key", field.partitionKey())
			.flag("nullable", field.nullable())
			.flag("is_function_output", field.functionOutput())
			.text("default_value_base64", field.defaultValue())
			.flag("is_clustering_key", field.clusteringKey());
	}

	private static Field field(JsonObject json) {
		return new Field(json.number("fieldID"), json.text("name"), json.flag("is_primary_key"),
				json.text("description"), json.smallNumber("data_type"), json.keyValues("type_params"),
				json.keyValues("index_params"), json.flag("autoID"), json.smallNumber("state"),
				json.smallNumber("element_type"), json.flag("is_dynamic"), json.flag("is_partition_key"),
				json.flag("nullable"), json.flag("is_function_output"), json.flag("is_clustering_key"),
				defaultValue(json));
	}

	/**
	 * Raw bytes that survived being written as text are taken from there; where any was
	 * lost there is no telling which, hence no default.
	 */
	private static @Nullable String defaultValue(JsonObject json) {
		String base64 = json.text("default_value_base64");
		if (!base64.isEmpty()) {
			return base64;
		}
		String raw = json.text("default_value_proto");
		if (raw.isEmpty() || raw.indexOf(LOST) >= 0) {
			return null;
		}
		return Base64.getEncoder().encodeToString(raw.getBytes(StandardCharsets.UTF_8));
	}

	private static void write(JsonWriter json, Function function) {
		json.text("name", function.name())
			.number("id", function.id())
			.text("description", function.description())
			.number("type", function.type())
			.texts("input_field_names", function.inputFieldNames())
			.numbers("input_field_ids", function.inputFieldIds())
			.texts("output_field_names", function.outputFieldNames())
			.numbers("output_field_ids", function.outputFieldIds())
			.keyValues("params", function.params());
	}

	private static Function function(JsonObject json) {
		return new Function(json.text("name"), json.number("id"), json.text("description"), json.smallNumber("type"),
				json.texts("input_field_names"), json.numbers("input_field_ids"), json.texts("output_field_names"),
				json.numbers("output_field_ids"), json.keyValues("params"));
	}

	/** {@code type_params} and {@code nullable} are keys of our own. */
	private static void write(JsonWriter json, StructArrayField field) {
		json.number("fieldID", field.id())
			.text("name", field.name())
			.text("description", field.description())
			.objects("fields", field.fields(), (sub) -> write(json, sub))
			.keyValues("type_params", field.typeParams())
			.flag("nullable", field.nullable());
	}

	private static StructArrayField structArrayField(JsonObject json) {
		return new StructArrayField(json.number("fieldID"), json.text("name"), json.text("description"),
				json.objects("fields", SchemaCodec::field), json.keyValues("type_params"), json.flag("nullable"));
	}

}
