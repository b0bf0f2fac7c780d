package dev.milvusbackup.manifest;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.milvusbackup.model.KeyValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object, read as the Go tool does: keys match exactly or else without regard to
 * case, unknown ones do not matter, an absent or null property is its type's zero value,
 * and a value of another type is an error.
 */
final class JsonObject {

	private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(Long.SIZE);

	private final ObjectNode node;

	private final Damage damage;

	JsonObject(ObjectNode node, Damage damage) {
		this.node = node;
		this.damage = damage;
	}

	String text(String key) {
		JsonNode value = get(key);
		if (value == null) {
			return "";
		}
		return text(key, value);
	}

	/** Null for the empty text. */
	@Nullable String textOrNull(String key) {
		String text = text(key);
		return text.isEmpty() ? null : text;
	}

	boolean flag(String key) {
		JsonNode value = get(key);
		if (value != null && !value.isBoolean()) {
			throw wrongType(key, "true or false", value);
		}
		return value != null && value.booleanValue();
	}

	boolean has(String key) {
		return get(key) != null;
	}

	long number(String key) {
		JsonNode value = get(key);
		return (value != null) ? number(key, value) : 0;
	}

	int smallNumber(String key) {
		long number = number(key);
		if (number != (int) number) {
			throw this.damage.of("'" + key + "' is not in the range of 32 bits: " + number);
		}
		return (int) number;
	}

	/** The bits of a number of 64 bits without sign. */
	long unsigned(String key) {
		JsonNode value = get(key);
		if (value == null) {
			return 0;
		}
		BigInteger number = integral(key, value).bigIntegerValue();
		if (number.signum() < 0 || number.compareTo(UNSIGNED_LIMIT) >= 0) {
			throw this.damage.of("'" + key + "' is not in the range of 64 bits: " + number);
		}
		return number.longValue();
	}

	List<String> texts(String key) {
		return elements(key, (element) -> element.isNull() ? "" : text(key, element));
	}

	List<Long> numbers(String key) {
		return elements(key, (element) -> element.isNull() ? 0L : number(key, element));
	}

	List<KeyValue> keyValues(String key) {
		return objects(key, (pair) -> new KeyValue(pair.text("key"), pair.text("value")));
	}

	Map<String, String> map(String key) {
		Map<String, String> map = new LinkedHashMap<>();
		JsonObject object = object(key);
		object.node.properties()
			.forEach((entry) -> map.put(entry.getKey(),
					entry.getValue().isNull() ? "" : object.text(entry.getKey(), entry.getValue())));
		return map;
	}

	<T> List<T> objects(String key, Function<JsonObject, T> element) {
		return elements(key, (value) -> element.apply(object(key, value)));
	}

	/** An empty one when absent. */
	JsonObject object(String key) {
		JsonNode value = get(key);
		return (value != null) ? object(key, value) : new JsonObject(GoJson.newObject(), this.damage);
	}

	/** The document that the object is part of. */
	String document() {
		return this.damage.document();
	}

	/** An error about this object. */
	ManifestException damaged(String cause) {
		return this.damage.of(cause);
	}

	private JsonObject object(String key, JsonNode value) {
		if (value.isNull()) {
			return new JsonObject(GoJson.newObject(), this.damage);
		}
		if (value instanceof ObjectNode object) {
			return new JsonObject(object, this.damage);
		}
		throw wrongType(key, "an object", value);
	}

	private <T> List<T> elements(String key, Function<JsonNode, T> element) {
		JsonNode value = get(key);
		if (value == null) {
			return List.of();
		}
		if (!value.isArray()) {
			throw wrongType(key, "an array", value);
		}
		List<T> elements = new ArrayList<>(value.size());
		value.values().forEach((node) -> elements.add(element.apply(node)));
		return elements;
	}

	private String text(String key, JsonNode value) {
		if (!value.isString()) {
			throw wrongType(key, "a text", value);
		}
		return value.stringValue();
	}

	private long number(String key, JsonNode value) {
		if (!integral(key, value).canConvertToLong()) {
			throw this.damage.of("'" + key + "' is not in the range of 64 bits: " + value);
		}
		return value.longValue();
	}

	private JsonNode integral(String key, JsonNode value) {
		if (!value.isIntegralNumber()) {
			throw wrongType(key, "a whole number", value);
		}
		return value;
	}

	private ManifestException wrongType(String key, String expected, JsonNode value) {
		return this.damage.of("'" + key + "' is not " + expected + " but " + value.getNodeType());
	}

	private @Nullable JsonNode get(String key) {
		JsonNode value = this.node.get(key);
		if (value == null) {
			for (Map.Entry<String, JsonNode> entry : this.node.properties()) {
				if (entry.getKey().equalsIgnoreCase(key)) {
					value = entry.getValue();
				}
			}
		}
		return (value == null || value.isNull()) ? null : value;
	}

}
