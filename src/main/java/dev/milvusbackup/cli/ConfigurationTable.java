package dev.milvusbackup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.config.ConfigValue;

/**
 * Every key with its value and where that came from, secrets masked.
 */
final class ConfigurationTable {

	private ConfigurationTable() {
	}

	/** The table of the Go tool. */
	static String text(List<ConfigValue> values) {
		TextTable table = new TextTable("PARAMETER", "VALUE", "SOURCE", "SOURCE_KEY");
		values.forEach(
				(value) -> table.row(value.key().name(), value.shown(), value.source().toString(), value.sourceKey()));
		return table.toString();
	}

	static List<Map<String, Object>> fields(List<ConfigValue> values) {
		return values.stream().map(ConfigurationTable::fields).toList();
	}

	private static Map<String, Object> fields(ConfigValue value) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("parameter", value.key().name());
		fields.put("value", value.shown());
		fields.put("source", value.source());
		fields.put("source_key", value.sourceKey());
		return fields;
	}

}
