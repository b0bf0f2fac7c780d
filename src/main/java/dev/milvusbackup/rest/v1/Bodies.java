package dev.milvusbackup.rest.v1;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads request bodies as Go does: whatever their content type, names in any case,
 * unknown ones ignored, null the same as absent.
 */
final class Bodies {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.build();

	private Bodies() {
	}

	/**
	 * Reads the request itself: of a form, as {@code curl -d} says of whatever it sends,
	 * nothing else would be left of the body.
	 * @throws UnreadableBodyException when it is not the JSON of such a request
	 */
	static <T> T read(HttpServletRequest request, Class<T> type) {
		try {
			byte[] body = request.getInputStream().readAllBytes();
			if (body.length == 0) {
				throw new UnreadableBodyException("unable to read the body: it is empty");
			}
			return parse(new String(body, StandardCharsets.UTF_8), type);
		}
		catch (IOException ex) {
			throw new UnreadableBodyException("unable to read the body: " + ex.getMessage());
		}
		catch (StreamReadException ex) {
			throw new UnreadableBodyException("unable to read the body: not valid JSON: " + ex.getOriginalMessage());
		}
		catch (JacksonException ex) {
			throw new UnreadableBodyException("unable to read the body: " + ex.getOriginalMessage());
		}
	}

	/**
	 * @throws JacksonException when it is not JSON of the type
	 */
	static <T> T parse(String json, Class<T> type) {
		T value = JSON.readValue(json, type);
		if (value == null) {
			throw new UnreadableBodyException("unable to read the body: it is null");
		}
		return value;
	}

	/**
	 * Answered with HTTP 400.
	 */
	static final class UnreadableBodyException extends RuntimeException {

		UnreadableBodyException(String message) {
			super(message);
		}

	}

}
