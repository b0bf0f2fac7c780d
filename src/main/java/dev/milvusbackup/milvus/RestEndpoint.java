package dev.milvusbackup.milvus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.milvusbackup.milvus.MilvusException.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Milvus's REST interface, version 2: on the port of gRPC unless configured otherwise.
 * Thread-safe.
 */
final class RestEndpoint {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int AT_ONCE = 4;

	private static final int TRIES = 3;

	private static final long DELAY_MILLIS = 200;

	private static final int SEGMENT_NOT_FOUND = 600;

	private final String url;

	private final String token;

	private final MilvusProperties properties;

	private @Nullable HttpClient client;

	RestEndpoint(MilvusProperties properties) {
		this.properties = properties;
		this.url = properties.restUrl();
		this.token = properties.user() + ":" + properties.password();
	}

	/**
	 * The results in the order of the inputs; the first failure is thrown.
	 */
	<I, O> List<O> together(List<I> inputs, Function<I, O> work) {
		if (inputs.size() < 2) {
			return inputs.stream().map(work).toList();
		}
		ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, inputs.size()));
		try {
			List<Future<O>> pending = inputs.stream().map((input) -> threads.submit(() -> work.apply(input))).toList();
			List<O> results = new ArrayList<>();
			for (Future<O> result : pending) {
				results.add(result.get());
			}
			return results;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure(Kind.UNAVAILABLE, "wait for answers", "interrupted", ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Sends a request that may be repeated.
	 * @return what the answer has under {@code data}
	 * @throws MilvusException of kind NOT_FOUND when the server does not know what was
	 * asked for
	 */
	JsonNode post(String action, String path, Map<String, Object> body) {
		for (int tried = 1;; tried++) {
			try {
				return attempt(action, path, body);
			}
			catch (MilvusException ex) {
				if (ex.kind() != Kind.UNAVAILABLE || tried == TRIES || Thread.currentThread().isInterrupted()) {
					throw ex;
				}
				pause(action, tried * DELAY_MILLIS);
			}
		}
	}

	private JsonNode attempt(String action, String path, Map<String, Object> body) {
		HttpResponse<String> response = send(action, path, body);
		int status = response.statusCode();
		if (status == 401 || status == 403) {
			throw failure(Kind.DENIED, action, "HTTP " + status, null);
		}
		if (status == 404) {
			throw failure(Kind.UNSUPPORTED, action, "the server has no such request", null);
		}
		if (status != 200) {
			throw failure((status == 429 || status >= 500) ? Kind.UNAVAILABLE : Kind.REFUSED, action, "HTTP " + status,
					null);
		}
		JsonNode answer = parse(action, response.body());
		int code = answer.path("code").asInt(-1);
		if (code != 0 && code != 200) {
			throw failure((code == SEGMENT_NOT_FOUND) ? Kind.NOT_FOUND : Kind.REFUSED, action,
					"error " + code + ": " + answer.path("message").asString(""), null);
		}
		return answer.path("data");
	}

	private HttpResponse<String> send(String action, String path, Map<String, Object> body) {
		try {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path))
				.timeout(TIMEOUT)
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
			if (this.token.length() > 1) {
				request.header("Authorization", "Bearer " + this.token);
			}
			return client().send(request.build(), BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure(Kind.UNAVAILABLE, action, "interrupted", ex);
		}
		catch (IOException ex) {
			throw failure(Kind.UNAVAILABLE, action, (ex.getMessage() != null) ? ex.getMessage() : "no connection", ex);
		}
		catch (IllegalArgumentException ex) {
			throw failure(Kind.REFUSED, action, "the address or the credentials cannot be sent", null);
		}
	}

	private JsonNode parse(String action, String body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			throw failure(Kind.REFUSED, action, "the answer is not JSON", null);
		}
	}

	private synchronized HttpClient client() {
		HttpClient existing = this.client;
		if (existing == null) {
			HttpClient.Builder builder = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.connectTimeout(TIMEOUT);
			RestTls.context(this.properties).ifPresent(builder::sslContext);
			existing = builder.build();
			this.client = existing;
		}
		return existing;
	}

	private void pause(String action, long millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure(Kind.UNAVAILABLE, action, "interrupted", ex);
		}
	}

	private MilvusException failure(Kind kind, String action, String cause, @Nullable Throwable exception) {
		return new MilvusException(kind, "unable to " + action + " at '" + this.url + "': " + cause,
				"check the REST address of the milvus section", exception);
	}

}
