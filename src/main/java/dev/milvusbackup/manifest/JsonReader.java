package dev.milvusbackup.manifest;

import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a JSON document of any length: objects without their long arrays, whose elements
 * are handed on one by one.
 */
final class JsonReader implements AutoCloseable {

	private final JsonParser parser;

	private final Damage damage;

	JsonReader(InputStream in, Damage damage) {
		this(() -> GoJson.parser(in), damage);
	}

	JsonReader(String text, Damage damage) {
		this(() -> GoJson.parser(text), damage);
	}

	private JsonReader(Supplier<JsonParser> parser, Damage damage) {
		this.damage = damage;
		this.parser = guarded(parser);
	}

	/**
	 * The document, which has to be one object and nothing after it.
	 * @param streamed reads the values of these properties, which the result then lacks
	 */
	JsonObject document(Map<String, Runnable> streamed) {
		next();
		if (this.parser.currentToken() != JsonToken.START_OBJECT) {
			throw unexpected("an object");
		}
		JsonObject object = object(streamed);
		if (next() != null) {
			throw unexpected("the end");
		}
		return object;
	}

	/**
	 * The next of the documents that follow one another, or null after the last.
	 */
	@Nullable JsonObject nextDocument() {
		if (next() == null) {
			return null;
		}
		if (this.parser.currentToken() != JsonToken.START_OBJECT) {
			throw unexpected("an object");
		}
		return object(Map.of());
	}

	/** The object at the current token; an empty one for null. */
	JsonObject object(Map<String, Runnable> streamed) {
		ObjectNode rest = GoJson.newObject();
		if (this.parser.currentToken() == JsonToken.VALUE_NULL) {
			return new JsonObject(rest, this.damage);
		}
		if (this.parser.currentToken() != JsonToken.START_OBJECT) {
			throw unexpected("an object");
		}
		while (next() != JsonToken.END_OBJECT) {
			String key = this.parser.currentName();
			next();
			Runnable reader = reader(streamed, key);
			if (reader != null) {
				reader.run();
			}
			else {
				rest.set(key, guarded(() -> GoJson.tree(this.parser)));
			}
		}
		return new JsonObject(rest, this.damage);
	}

	/** Hands on each object of the array at the current token; null is an empty array. */
	void objects(Consumer<JsonObject> element) {
		array(() -> element.accept(object(Map.of())));
	}

	/** Runs the reader at each element of the array at the current token. */
	void array(Runnable element) {
		if (this.parser.currentToken() == JsonToken.VALUE_NULL) {
			return;
		}
		if (this.parser.currentToken() != JsonToken.START_ARRAY) {
			throw unexpected("an array");
		}
		while (next() != JsonToken.END_ARRAY) {
			element.run();
		}
	}

	/** Passes over the value at the current token. */
	void skip() {
		guarded(this.parser::skipChildren);
	}

	private @Nullable JsonToken next() {
		return guardedOrNull(this.parser::nextToken);
	}

	private <T> T guarded(Supplier<T> step) {
		T result = guardedOrNull(step::get);
		if (result == null) {
			throw this.damage.of("it ends early");
		}
		return result;
	}

	/** What a sink throws must not pass here: only the parser's own errors are damage. */
	private <T> @Nullable T guardedOrNull(Supplier<@Nullable T> step) {
		try {
			return step.get();
		}
		catch (UnexpectedEndOfInputException ex) {
			throw this.damage.of("it ends early", ex);
		}
		catch (StreamReadException ex) {
			throw this.damage.of(ex.getOriginalMessage() + " (byte " + ex.getLocation().getByteOffset() + ")", ex);
		}
		catch (JacksonException ex) {
			throw this.damage.of(ex.getOriginalMessage(), ex);
		}
	}

	private static @Nullable Runnable reader(Map<String, Runnable> streamed, String key) {
		Runnable exact = streamed.get(key);
		if (exact != null) {
			return exact;
		}
		return streamed.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equalsIgnoreCase(key))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	private ManifestException unexpected(String expected) {
		return this.damage.of("found " + this.parser.currentToken() + " in place of " + expected);
	}

	@Override
	public void close() {
		this.parser.close();
	}

}
