package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * The management endpoint of a simulated server. Thread-safe.
 */
public final class FakeManagement implements AutoCloseable {

	private static final String PATH = "/management/datacoord/garbage_collection/";

	private static final String PAUSE_SECONDS = "pause_seconds=";

	private final HttpServer server;

	private Instant pausedUntil = Instant.MIN;

	private int pauses;

	private int resumes;

	private @Nullable Answer fault;

	FakeManagement(boolean hasGarbageCollection) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to start the management endpoint", ex);
		}
		if (hasGarbageCollection) {
			this.server.createContext(PATH, this::handle);
		}
		this.server.start();
	}

	/**
	 * Absolute URL without a trailing slash.
	 */
	public String endpoint() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	public synchronized boolean isPaused() {
		return Instant.now().isBefore(this.pausedUntil);
	}

	/**
	 * How long the pause still lasts, zero or negative when there is none.
	 */
	public synchronized Duration remainingPause() {
		return (this.pausedUntil == Instant.MIN) ? Duration.ZERO : Duration.between(Instant.now(), this.pausedUntil);
	}

	/**
	 * How often it was paused.
	 */
	public synchronized int pauses() {
		return this.pauses;
	}

	/**
	 * How often it was resumed.
	 */
	public synchronized int resumes() {
		return this.resumes;
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

	private void handle(HttpExchange exchange) throws IOException {
		Answer answer = answer(exchange.getRequestURI().getPath().substring(PATH.length()),
				exchange.getRequestURI().getQuery());
		byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(answer.httpStatus, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private synchronized Answer answer(String action, @Nullable String query) {
		if (this.fault != null) {
			return this.fault;
		}
		if (action.equals("pause") && query != null) {
			int start = query.indexOf(PAUSE_SECONDS) + PAUSE_SECONDS.length();
			this.pausedUntil = Instant.now().plusSeconds(Long.parseLong(query.substring(start).split("&")[0]));
			this.pauses++;
		}
		else {
			this.pausedUntil = Instant.MIN;
			this.resumes++;
		}
		return new Answer(200, "{\"msg\": \"OK\"}");
	}

	private record Answer(int httpStatus, String body) {
	}

}
