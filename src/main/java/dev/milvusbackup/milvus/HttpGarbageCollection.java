package dev.milvusbackup.milvus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import dev.milvusbackup.milvus.MilvusException.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Garbage collection by Milvus's management endpoint.
 */
final class HttpGarbageCollection implements GarbageCollection {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final String endpoint;

	private @Nullable HttpClient client;

	HttpGarbageCollection(String endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public void pause(Duration duration) {
		// rounded up, and 0 would mean for ever
		long seconds = Math.max(1, duration.plusNanos(999_999_999).toSeconds());
		get("pause garbage collection", "pause?pause_seconds=" + seconds + "&collection_id=0");
	}

	@Override
	public void resume() {
		get("resume garbage collection", "resume");
	}

	private void get(String action, String path) {
		HttpResponse<String> response = send(action, path);
		if (response.statusCode() == 404) {
			throw failure(Kind.UNSUPPORTED, action, "this Milvus cannot do that", null);
		}
		if (response.statusCode() != 200) {
			throw failure((response.statusCode() == 503) ? Kind.UNAVAILABLE : Kind.REFUSED, action,
					"HTTP " + response.statusCode() + ": " + shortened(response.body()), null);
		}
		if (!isConfirmed(response.body())) {
			throw failure(Kind.REFUSED, action, "the answer is '" + shortened(response.body()) + "'", null);
		}
	}

	private HttpResponse<String> send(String action, String path) {
		try {
			HttpRequest request = HttpRequest
				.newBuilder(URI.create(this.endpoint + "/management/datacoord/garbage_collection/" + path))
				.timeout(TIMEOUT)
				.build();
			return client().send(request, BodyHandlers.ofString());
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

	/** Made when first needed: most runs start without it. */
	private synchronized HttpClient client() {
		HttpClient existing = this.client;
		if (existing == null) {
			existing = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
			this.client = existing;
		}
		return existing;
	}

	private static boolean isConfirmed(String body) {
		try {
			return JsonMapper.shared().readTree(body).path("msg").asString("").equalsIgnoreCase("OK");
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private MilvusException failure(Kind kind, String action, String cause, @Nullable Throwable exception) {
		return new MilvusException(kind, "unable to " + action + " at '" + this.endpoint + "': " + cause,
				"check the management address of the milvus section", exception);
	}

	private static String shortened(String body) {
		String text = body.strip();
		return (text.length() > 200) ? text.substring(0, 200) : text;
	}

}
