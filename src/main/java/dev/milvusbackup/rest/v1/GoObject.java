package dev.milvusbackup.rest.v1;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object as Go writes it: zero values are left out, unless a field is always there
 * (format.md 2).
 */
final class GoObject {

	private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

	/** Left out when empty, zero, or null. */
	GoObject put(String name, @Nullable Object value) {
		boolean zero = value == null || (value instanceof Number number && number.longValue() == 0)
				|| (value instanceof String text && text.isEmpty())
				|| (value instanceof Collection<?> list && list.isEmpty());
		return zero ? this : always(name, value);
	}

	GoObject always(String name, @Nullable Object value) {
		this.fields.put(name, value);
		return this;
	}

	GoObject all(Map<String, ?> others) {
		this.fields.putAll(others);
		return this;
	}

	Map<String, @Nullable Object> fields() {
		return this.fields;
	}

}
