package dev.milvusbackup.manifest;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.milvusbackup.model.KeyValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes JSON as the Go tool does: a property with its type's zero value is left out
 * unless the method's name says otherwise.
 */
final class JsonWriter implements AutoCloseable {

	private final JsonGenerator generator;

	JsonWriter(JsonGenerator generator) {
		this.generator = generator;
	}

	JsonWriter text(String key, @Nullable String value) {
		if (value != null && !value.isEmpty()) {
			this.generator.writeStringProperty(key, value);
		}
		return this;
	}

	JsonWriter number(String key, long value) {
		return (value != 0) ? numberAlways(key, value) : this;
	}

	JsonWriter numberAlways(String key, long value) {
		this.generator.writeNumberProperty(key, value);
		return this;
	}

	/** The bits as a number without sign. */
	JsonWriter unsigned(String key, long value) {
		if (value >= 0) {
			return number(key, value);
		}
		this.generator.writeNumberProperty(key, new BigInteger(Long.toUnsignedString(value)));
		return this;
	}

	JsonWriter flag(String key, boolean value) {
		return value ? flagAlways(key, true) : this;
	}

	JsonWriter flagAlways(String key, boolean value) {
		this.generator.writeBooleanProperty(key, value);
		return this;
	}

	JsonWriter texts(String key, List<String> values) {
		return elements(key, values::forEach, this.generator::writeString);
	}

	JsonWriter numbers(String key, List<Long> values) {
		return elements(key, values::forEach, this.generator::writeNumber);
	}

	JsonWriter keyValues(String key, List<KeyValue> values) {
		return objects(key, values, (value) -> text("key", value.key()).text("value", value.value()));
	}

	/** Keys sorted, empty values kept. */
	JsonWriter map(String key, Map<String, String> values) {
		if (!values.isEmpty()) {
			object(key, () -> new TreeMap<>(values).forEach(this.generator::writeStringProperty));
		}
		return this;
	}

	<T> JsonWriter objects(String key, List<T> values, Consumer<T> properties) {
		return objects(key, values::forEach, properties);
	}

	/**
	 * Left out when there is no element.
	 * @param values hands its elements, of any number, to the consumer it is given
	 */
	<T> JsonWriter objects(String key, Consumer<Consumer<T>> values, Consumer<T> properties) {
		return elements(key, values, (value) -> object(() -> properties.accept(value)));
	}

	JsonWriter object(String key, Runnable properties) {
		this.generator.writeName(key);
		return object(properties);
	}

	JsonWriter object(Runnable properties) {
		this.generator.writeStartObject();
		properties.run();
		this.generator.writeEndObject();
		return this;
	}

	/** Ends a document; another may follow. */
	void endLine() {
		this.generator.writeRaw('\n');
	}

	private <T> JsonWriter elements(String key, Consumer<Consumer<T>> values, Consumer<T> element) {
		boolean[] begun = { false };
		values.accept((value) -> {
			if (!begun[0]) {
				begun[0] = true;
				this.generator.writeName(key);
				this.generator.writeStartArray();
			}
			element.accept(value);
		});
		if (begun[0]) {
			this.generator.writeEndArray();
		}
		return this;
	}

	@Override
	public void close() {
		this.generator.close();
	}

}
