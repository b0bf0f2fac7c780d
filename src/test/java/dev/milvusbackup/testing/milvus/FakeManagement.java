package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * The management endpoint of a simulated server. Thread-safe.
 */
public final class FakeManagement implements AutoCloseable {

	private static final String COLLECTION = "/management/datacoord/garbage_collection/";

	private static final String ZONES = "/management/rootcoord/ez/backup";

	/** Of no real server: what it holds, for those who start it by hand. */
	private static final String CONTENT = "/simulated/collections";

	private final HttpServer server;

	private final GcPauses pauses;

	private final FakeCatalogue catalogue;

	private @Nullable Answer fault;

	FakeManagement(FakeVersion version, FakeCatalogue catalogue, int port) {
		this.catalogue = catalogue;
		this.pauses = new GcPauses(version.hasGarbageCollectionTickets());
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to start the management endpoint", ex);
		}
		if (version.hasGarbageCollectionEndpoint()) {
			this.server.createContext(COLLECTION, (exchange) -> handle(exchange, this::control));
		}
		if (version.hasEncryptionZones()) {
			this.server.createContext(ZONES, (exchange) -> handle(exchange, this::zoneKey));
		}
		this.server.createContext(CONTENT,
				(exchange) -> handle(exchange, (path, parameters) -> new Answer(200, ServerContent.json(catalogue))));
		this.server.start();
	}

	/**
	 * Absolute URL without a trailing slash.
	 */
	public String endpoint() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * The pauses of garbage collection, per collection where the version can do that.
	 */
	public GcPauses pausesByCollection() {
		return this.pauses;
	}

	public boolean isPaused() {
		return this.pauses.isPaused();
	}

	/**
	 * How long the longest pause still lasts, zero or negative when there is none.
	 */
	public Duration remainingPause() {
		return this.pauses.remaining();
	}

	/**
	 * How often it was paused.
	 */
	public int pauses() {
		return this.pauses.paused();
	}

	/**
	 * How often it was resumed.
	 */
	public int resumes() {
		return this.pauses.resumed();
	}

	/**
	 * From now on everything is answered with this instead of being done.
	 */
	public synchronized void answerWith(int httpStatus, String body) {
		this.fault = new Answer(httpStatus, body);
	}

	/**
	 * Ends {@link #answerWith}.
	 */
	public synchronized void answerNormally() {
		this.fault = null;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void handle(HttpExchange exchange, Action action) throws IOException {
		Answer answer = answer(exchange, action);
		byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(answer.httpStatus, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private synchronized Answer answer(HttpExchange exchange, Action action) {
		if (this.fault != null) {
			return this.fault;
		}
		Map<String, String> parameters = new HashMap<>();
		String query = exchange.getRequestURI().getQuery();
		for (String pair : ((query != null) ? query : "").split("&")) {
			String[] parts = pair.split("=", 2);
			parameters.put(parts[0], (parts.length > 1) ? parts[1] : "");
		}
		return action.answer(exchange.getRequestURI().getPath(), parameters);
	}

	private Answer control(String path, Map<String, String> parameters) {
		try {
			return switch (path.substring(COLLECTION.length())) {
				case "pause" -> new Answer(200, this.pauses.pause(parameters));
				case "resume" -> new Answer(200, this.pauses.resume(parameters));
				default -> new Answer(404, "404 page not found");
			};
		}
		catch (IllegalArgumentException ex) {
			return new Answer(500, "{\"msg\": \"failed to pause garbage collection, " + ex.getMessage() + "\"}");
		}
	}

	private Answer zoneKey(String path, Map<String, String> parameters) {
		FakeCatalogue.FakeDatabase database = this.catalogue.database(parameters.getOrDefault("db_name", ""));
		String key = (database != null) ? database.properties().get(FakeCatalogue.ZONE_KEY) : null;
		return (key != null) ? new Answer(200, "{\"msg\": \"OK\", \"ezk\": \"" + key + "\"}")
				: new Answer(500, "{\"msg\": \"failed to backup ez, the database has none\"}");
	}

	private interface Action {

		Answer answer(String path, Map<String, String> parameters);

	}

	private record Answer(int httpStatus, String body) {
	}

}
