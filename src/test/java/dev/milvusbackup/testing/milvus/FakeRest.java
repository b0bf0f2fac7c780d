package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.milvusbackup.testing.milvus.Faults.Fault;
import io.milvus.shaded.io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The second REST interface: everything is a POST, and what goes wrong is told in the
 * body of an answer that is good as HTTP.
 */
final class FakeRest implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "simulated-milvus-rest");
		thread.setDaemon(true);
		return thread;
	});

	private final RestAnswers answers;

	private final Faults faults;

	/** {@code user:password}. */
	volatile @Nullable String required;

	FakeRest(RestAnswers answers, Faults faults) throws IOException {
		this.answers = answers;
		this.faults = faults;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		if (!exchange.getRequestMethod().equals("POST") || !this.answers.has(path)) {
			send(exchange, 404, "404 page not found");
			return;
		}
		String token = this.required;
		if (token != null && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
			send(exchange, 401, json(failure(1800, "user hasn't authenticated")));
			return;
		}
		Fault fault = this.faults.next(path);
		switch (fault.effect()) {
			case NONE -> send(exchange, 200, json(answer(exchange, path)));
			case FAIL -> send(exchange, 500, "injected fault");
			case REFUSE -> send(exchange, 200, json(failure(fault.status().getCode(), fault.status().getReason())));
			case LOSE_ANSWER -> {
				answer(exchange, path);
				if (fault.code() == Code.INTERNAL) {
					send(exchange, 500, "injected fault");
				}
				exchange.close();
			}
			case HANG -> exchange.getRequestBody().readAllBytes();
		}
	}

	private Map<String, Object> answer(HttpExchange exchange, String path) throws IOException {
		try {
			JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
			Map<String, Object> answer = new LinkedHashMap<>();
			answer.put("code", 0);
			answer.put("data", this.answers.answer(path, body));
			return answer;
		}
		catch (Refusal ex) {
			return failure(ex.code, ex.getMessage());
		}
		catch (JacksonException ex) {
			return failure(1801, "can only accept json format request, error: " + ex.getMessage());
		}
	}

	private static Map<String, Object> failure(int code, String message) {
		return Map.of("code", code, "message", message);
	}

	private static String json(Object value) {
		return JsonMapper.shared().writeValueAsString(value);
	}

	private static void send(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

}
