package dev.milvusbackup.testing.real;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * Turns what the client returns into values whose {@code equals} compares contents,
 * whatever the order of the keys in a document.
 */
final class CanonicalValues {

	private CanonicalValues() {
	}

	static SortedMap<String, Object> of(Map<String, Object> entity) {
		SortedMap<String, Object> row = new TreeMap<>();
		entity.forEach((field, value) -> row.put(field, canonical(value)));
		return row;
	}

	private static Object canonical(Object value) {
		if (value instanceof ByteBuffer buffer) {
			// the client has read it to its end
			ByteBuffer content = buffer.duplicate().rewind();
			byte[] bytes = new byte[content.remaining()];
			content.get(bytes);
			return HexFormat.of().formatHex(bytes);
		}
		if (value instanceof JsonElement json) {
			return sorted(json).toString();
		}
		if (value instanceof List<?> list) {
			return list.stream().map(CanonicalValues::canonical).toList();
		}
		return value;
	}

	private static JsonElement sorted(JsonElement json) {
		if (json instanceof JsonArray array) {
			JsonArray copy = new JsonArray();
			array.forEach((element) -> copy.add(sorted(element)));
			return copy;
		}
		if (json instanceof JsonObject object) {
			JsonObject copy = new JsonObject();
			new TreeMap<>(object.asMap()).forEach((key, element) -> copy.add(key, sorted(element)));
			return copy;
		}
		return json;
	}

}
