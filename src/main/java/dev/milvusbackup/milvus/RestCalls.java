package dev.milvusbackup.milvus;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLException;

import dev.milvusbackup.milvus.MilvusException.Kind;
import io.milvus.grpc.Status;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests to Milvus's second REST interface (behaviour.md D.3): a POST each, and
 * what goes wrong is told by a code in the body of an answer that is good as HTTP.
 * Thread-safe; interrupting the calling thread ends a call.
 */
final class RestCalls {

	/** How long the server may work on a request, which it has to be told. */
	private static final Duration SERVER_LIMIT = Duration.ofMinutes(10);

	private static final MediaType JSON = MediaType.get("application/json");

	private static final int NOT_AUTHENTICATED = 1800;

	private static final int SEGMENT_NOT_FOUND = 600;

	private static final int TOO_MANY_REQUESTS = 429;

	private static final String CHECK_ADDRESS = "check that Milvus is running, proxy.http.enabled of Milvus, and milvus.rest.endpoint";

	private final MilvusProperties properties;

	private final MilvusHttp http;

	private final MilvusCalls calls;

	RestCalls(MilvusProperties properties, MilvusCalls calls) {
		this.properties = properties;
		this.http = new MilvusHttp(properties.restUrl(), properties);
		this.calls = calls;
	}

	/**
	 * Sends a request that may be repeated.
	 * @return what is under {@code data}
	 */
	JsonNode send(String action, String path, Map<String, Object> body) {
		return send(action, path, body, this.calls.limits().patience());
	}

	/**
	 * The same for what is not worth the connection's patience.
	 */
	JsonNode send(String action, String path, Map<String, Object> body, Duration limit) {
		Patience patience = new Patience(limit);
		while (true) {
			try {
				return data(action, post(action, path, body, this.calls.limits().call()));
			}
			catch (MilvusException ex) {
				boolean passing = ex.kind() == Kind.UNAVAILABLE || ex.kind() == Kind.UNKNOWN_OUTCOME;
				if (!passing || Thread.currentThread().isInterrupted() || patience.isOver()) {
					throw (ex.kind() == Kind.UNKNOWN_OUTCOME)
							? new MilvusException(Kind.UNAVAILABLE, ex.getMessage(), CHECK_ADDRESS, ex) : ex;
				}
				this.calls.pause(action, patience.nextDelay());
			}
		}
	}

	/**
	 * Sends a request once.
	 * @throws MilvusException of kind UNKNOWN_OUTCOME unless it is certain that the
	 * server did nothing
	 */
	JsonNode sendOnce(String action, String path, Map<String, Object> body) {
		return data(action, post(action, path, body, SERVER_LIMIT));
	}

	private JsonNode data(String action, MilvusHttp.Answer response) {
		int http = response.status();
		JsonNode answer = parse(response.body());
		int code = answer.path("code").asInt(0);
		if (http == 401 || http == 403 || code == NOT_AUTHENTICATED) {
			throw new MilvusException(Kind.DENIED, unable(action, answer.path("message").asString("HTTP " + http)),
					"check milvus.user and milvus.password, and the user's rights", null);
		}
		if (http == 404) {
			throw new MilvusException(Kind.UNSUPPORTED,
					unable(action, "'" + this.http.url() + "' has no such REST interface"), CHECK_ADDRESS, null);
		}
		if (http == TOO_MANY_REQUESTS) {
			throw new MilvusException(Kind.UNAVAILABLE, unable(action, "HTTP 429: " + shortened(response)), null, null);
		}
		if (http >= 500 || http >= 200 && http < 300 && !answer.has("code")) {
			throw this.calls.failures().unknownOutcome(action, "HTTP " + http + ": " + shortened(response), null);
		}
		if (http >= 300) {
			throw this.calls.failures().refused(action, "HTTP " + http + ": " + shortened(response), null);
		}
		if (code != 0 && !(code == 200 && answer.has("data"))) {
			throw failure(action, code, answer.path("message").asString(""));
		}
		return answer.path("data");
	}

	private MilvusException failure(String action, int code, String message) {
		Status status = Status.newBuilder().setCode(code).setReason(message).build();
		if (StatusReader.isOutcomeUnknown(status)) {
			return this.calls.failures().unknownOutcome(action, message, null);
		}
		Kind kind = StatusReader.isQueueFull(status) ? Kind.UNAVAILABLE
				: (code == SEGMENT_NOT_FOUND || StatusReader.isJobUnknown(status)) ? Kind.NOT_FOUND
						: StatusReader.kind(status);
		return new MilvusException(kind, unable(action, StatusReader.reason(status)), null, null);
	}

	private MilvusHttp.Answer post(String action, String path, Map<String, Object> body, Duration limit) {
		try {
			return this.http.send(request(path, body), limit);
		}
		catch (IllegalArgumentException ex) {
			// its message may hold the credentials
			throw new MilvusException(Kind.DENIED,
					unable(action, "the address '" + this.http.url() + "' or the credentials cannot be sent"),
					"check milvus.rest.endpoint, milvus.user and milvus.password", null);
		}
		catch (ConnectException ex) {
			throw new MilvusException(Kind.UNAVAILABLE,
					unable(action, "Milvus '" + this.http.url() + "' does not answer"), CHECK_ADDRESS, ex);
		}
		catch (SSLException ex) {
			throw new MilvusException(Kind.UNAVAILABLE,
					unable(action, "no secure connection to Milvus '" + this.http.url() + "': " + ex.getMessage()),
					"check the certificate files and the server name of the milvus section", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.calls.failures().unknownOutcome(action, "interrupted", ex);
		}
		catch (IOException ex) {
			throw this.calls.failures()
				.unknownOutcome(action, "the answer of '" + this.http.url() + "' was lost: " + ex, ex);
		}
	}

	private Request request(String path, Map<String, Object> body) {
		Request.Builder request = this.http.request(path)
			.header("Request-Timeout", Long.toString(SERVER_LIMIT.toSeconds()))
			.post(RequestBody.create(JsonMapper.shared().writeValueAsBytes(body), JSON));
		if (!this.properties.user().isEmpty() || !this.properties.password().isEmpty()) {
			request.header("Authorization", "Bearer " + this.properties.user() + ":" + this.properties.password());
		}
		return request.build();
	}

	private static JsonNode parse(String body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			return JsonMapper.shared().createObjectNode();
		}
	}

	private static String unable(String action, String cause) {
		return "unable to " + action + ": " + cause;
	}

	private static String shortened(MilvusHttp.Answer response) {
		String text = response.body().strip();
		return (text.length() > 200) ? text.substring(0, 200) : text;
	}

}
