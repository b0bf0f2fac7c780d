package dev.milvusbackup.cli;

import java.io.StringWriter;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes maps, lists and simple values as JSON. Without data binding, which costs more
 * start-up time than {@code list} takes.
 */
final class JsonObject {

	private JsonObject() {
	}

	static String write(Map<String, ?> object) {
		StringWriter text = new StringWriter();
		try (JsonGenerator generator = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
			write(generator, object);
		}
		return text.toString();
	}

	private static void write(JsonGenerator generator, @Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			generator.writeStartObject();
			map.forEach((key, member) -> {
				generator.writeName(String.valueOf(key));
				write(generator, member);
			});
			generator.writeEndObject();
		}
		else if (value instanceof Iterable<?> list) {
			generator.writeStartArray();
			list.forEach((member) -> write(generator, member));
			generator.writeEndArray();
		}
		else {
			writeSimple(generator, value);
		}
	}

	private static void writeSimple(JsonGenerator generator, @Nullable Object value) {
		if (value == null) {
			generator.writeNull();
		}
		else if (value instanceof Boolean flag) {
			generator.writeBoolean(flag);
		}
		else if (value instanceof Raw raw) {
			generator.writeRawValue(raw.json());
		}
		else if (value instanceof Double number) {
			generator.writeNumber(number);
		}
		else if (value instanceof Number number) {
			generator.writeNumber(number.longValue());
		}
		else {
			generator.writeString(value.toString());
		}
	}

	/**
	 * A value that is JSON already.
	 */
	record Raw(String json) {
	}

}
