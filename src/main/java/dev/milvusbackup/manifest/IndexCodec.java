package dev.milvusbackup.manifest;

import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.IndexExtra;
import org.jspecify.annotations.Nullable;

/**
 * {@code IndexInfo}.
 */
final class IndexCodec {

	private IndexCodec() {
	}

	static void write(JsonWriter json, Index index) {
		json.text("field_name", index.fieldName())
			.text("index_name", index.name())
			.text("index_type", index.type())
			.map("params", index.params())
			.number("index_id", index.id());
		IndexExtra extra = index.extra();
		if (extra != null) {
			json.number("field_id", extra.fieldId())
				.unsigned("create_time", extra.createTime())
				.keyValues("type_params", extra.typeParams())
				.keyValues("index_params", extra.indexParams())
				.keyValues("user_index_params", extra.userIndexParams())
				.flag("is_auto_index", extra.autoIndex())
				.number("min_index_version", extra.minVersion())
				.number("max_index_version", extra.maxVersion());
		}
	}

	static Index read(JsonObject json) {
		return new Index(json.text("field_name"), json.text("index_name"), json.text("index_type"), json.map("params"),
				json.number("index_id"), extra(json));
	}

	/** No field has the id 0, so its absence means that there is nothing more. */
	private static @Nullable IndexExtra extra(JsonObject json) {
		return (json.number("field_id") == 0) ? null
				: new IndexExtra(json.number("field_id"), json.unsigned("create_time"), json.keyValues("type_params"),
						json.keyValues("index_params"), json.keyValues("user_index_params"), json.flag("is_auto_index"),
						json.smallNumber("min_index_version"), json.smallNumber("max_index_version"));
	}

}
