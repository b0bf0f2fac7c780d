package dev.milvusbackup.milvus;

import java.io.IOException;
import java.time.Duration;

import dev.milvusbackup.milvus.MilvusException.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Milvus's management endpoint. Thread-safe.
 */
final class ManagementEndpoint {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final MilvusHttp http;

	ManagementEndpoint(MilvusHttp http) {
		this.http = http;
	}

	/**
	 * @param path with the query, below {@code /management/}
	 * @return the answer, which says that it was done
	 */
	JsonNode get(String action, String path) {
		MilvusHttp.Answer response = send(action, path);
		if (response.status() == 404) {
			throw failure(Kind.UNSUPPORTED, action, "this Milvus cannot do that", null);
		}
		if (response.status() != 200) {
			throw failure((response.status() == 503) ? Kind.UNAVAILABLE : Kind.REFUSED, action,
					"HTTP " + response.status() + ": " + shortened(response.body()), null);
		}
		JsonNode answer = parse(response.body());
		if (!answer.path("msg").asString("").equalsIgnoreCase("OK")) {
			// not the answer itself, which may hold a key
			throw failure(Kind.REFUSED, action, "the server does not confirm it", null);
		}
		return answer;
	}

	private MilvusHttp.Answer send(String action, String path) {
		try {
			return this.http.send(this.http.request("/management/" + path).build(), TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure(Kind.UNAVAILABLE, action, "interrupted", ex);
		}
		catch (IOException ex) {
			String cause = (ex.getMessage() != null) ? ex.getMessage() : "no connection";
			throw failure(Kind.UNAVAILABLE, action, cause, ex);
		}
		catch (IllegalArgumentException ex) {
			throw failure(Kind.REFUSED, action, "not a URL", ex);
		}
	}

	private static JsonNode parse(String body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			return JsonMapper.shared().createObjectNode();
		}
	}

	private MilvusException failure(Kind kind, String action, String cause, @Nullable Throwable exception) {
		return new MilvusException(kind, "unable to " + action + " at '" + this.http.url() + "': " + cause,
				"check the management address of the milvus section", exception);
	}

	private static String shortened(String body) {
		String text = body.strip();
		return (text.length() > 200) ? text.substring(0, 200) : text;
	}

}
