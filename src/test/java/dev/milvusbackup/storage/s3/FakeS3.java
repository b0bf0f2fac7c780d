package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks as much of the S3 protocol as the store needs, on a free port of
 * the loopback, and misbehaves as scripted. Does not check signatures.
 */
public final class FakeS3 implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final FakeBuckets buckets = new FakeBuckets();

	private final List<Fault> faults = new CopyOnWriteArrayList<>();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger mostInFlight = new AtomicInteger();

	private final CountDownLatch closing = new CountDownLatch(1);

	public FakeS3() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * Creates the bucket unless it exists.
	 */
	public void createBucket(String name) {
		this.buckets.create(name);
	}

	FakeBuckets buckets() {
		return this.buckets;
	}

	/**
	 * What was asked since the last call.
	 */
	List<Request> takeRequests() {
		List<Request> taken = List.copyOf(this.requests);
		this.requests.clear();
		return taken;
	}

	int mostInFlight() {
		return this.mostInFlight.get();
	}

	/**
	 * The next so many requests that match get this answer.
	 */
	void next(int times, Predicate<Request> which, Misbehaviour what) {
		this.faults.add(new Fault(which, new AtomicInteger(times), what));
	}

	@Override
	public void close() {
		this.closing.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void handle(HttpExchange exchange) throws IOException {
		this.mostInFlight.accumulateAndGet(this.inFlight.incrementAndGet(), Math::max);
		try (exchange) {
			Request request = Request.of(exchange);
			this.requests.add(request);
			Misbehaviour fault = fault(request);
			if (fault != null && fault.misbehave(exchange, request)) {
				return;
			}
			byte[] body = exchange.getRequestBody().readAllBytes();
			send(exchange, this.buckets.answer(request, body));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.inFlight.decrementAndGet();
		}
	}

	private @Nullable Misbehaviour fault(Request request) {
		for (Iterator<Fault> all = this.faults.iterator(); all.hasNext();) {
			Fault fault = all.next();
			if (fault.which().test(request) && fault.left().getAndDecrement() > 0) {
				return fault.what();
			}
		}
		return null;
	}

	static void send(HttpExchange exchange, Answer answer) throws IOException {
		answer.headers().forEach(exchange.getResponseHeaders()::set);
		if (exchange.getRequestMethod().equals("HEAD")) {
			exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body().length));
			exchange.sendResponseHeaders(answer.status(), -1);
			return;
		}
		exchange.sendResponseHeaders(answer.status(), (answer.body().length == 0) ? -1 : answer.body().length);
		exchange.getResponseBody().write(answer.body());
	}

	/**
	 * An error as S3 tells it.
	 */
	static Misbehaviour error(int status, String code) {
		return answering(Answer.error(status, code));
	}

	/**
	 * An error that gives no reason.
	 */
	static Misbehaviour silent(int status) {
		return answering(Answer.xml(status, ""));
	}

	/**
	 * An error as a proxy tells it.
	 */
	static Misbehaviour html(int status) {
		return answering(new Answer(status, Map.of("Content-Type", "text/html"), "<html>no".getBytes()));
	}

	/** Takes the request and answers this, without doing what was asked. */
	private static Misbehaviour answering(Answer answer) {
		return (exchange, request) -> {
			exchange.getRequestBody().readAllBytes();
			send(exchange, answer);
			return true;
		};
	}

	/**
	 * Does what was asked, then answers something else.
	 */
	Misbehaviour doneBut(Answer answer) {
		return (exchange, request) -> {
			this.buckets.answer(request, exchange.getRequestBody().readAllBytes());
			send(exchange, answer);
			return true;
		};
	}

	/**
	 * Tells the full length, sends so many bytes and closes the connection.
	 */
	Misbehaviour cutAfter(int bytes) {
		return (exchange, request) -> {
			Answer whole = this.buckets.answer(request, new byte[0]);
			whole.headers().forEach(exchange.getResponseHeaders()::set);
			exchange.sendResponseHeaders(whole.status(), whole.body().length);
			OutputStream out = exchange.getResponseBody();
			out.write(whole.body(), 0, bytes);
			out.flush();
			return true;
		};
	}

	/**
	 * Says nothing until the server closes.
	 */
	Misbehaviour hang() {
		return (exchange, request) -> {
			this.closing.await();
			return true;
		};
	}

	/**
	 * Answers rightly, but late.
	 */
	Misbehaviour late(long millis) {
		return (exchange, request) -> this.closing.await(millis, TimeUnit.MILLISECONDS);
	}

	/**
	 * Replaces the answer, or delays it.
	 */
	interface Misbehaviour {

		/**
		 * @return whether the request is answered
		 */
		boolean misbehave(HttpExchange exchange, Request request) throws IOException, InterruptedException;

	}

	private record Fault(Predicate<Request> which, AtomicInteger left, Misbehaviour what) {
	}

	/**
	 * What was asked.
	 *
	 * @param key empty for the bucket itself
	 */
	record Request(String method, String bucket, String key, Map<String, String> query, Map<String, String> headers) {

		static Request of(HttpExchange exchange) {
			String host = exchange.getRequestURI().getHost();
			// asked as a proxy, with the bucket in the name of the host
			String bucket = (host != null) ? "/" + host.substring(0, host.indexOf('.')) : "";
			String[] path = (bucket + exchange.getRequestURI().getRawPath()).substring(1).split("/", 2);
			Map<String, String> headers = new LinkedHashMap<>();
			exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
			return new Request(exchange.getRequestMethod(), path[0], (path.length > 1) ? decode(path[1]) : "",
					query(exchange.getRequestURI().getRawQuery()), headers);
		}

		private static Map<String, String> query(@Nullable String raw) {
			Map<String, String> query = new LinkedHashMap<>();
			for (String pair : (raw != null) ? raw.split("&") : new String[0]) {
				String[] parts = pair.split("=", 2);
				query.put(decode(parts[0]), (parts.length > 1) ? decode(parts[1]) : "");
			}
			return query;
		}

		static String decode(String value) {
			return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
		}

		boolean isList() {
			return this.query.containsKey("list-type");
		}

		boolean isCopy() {
			return this.headers.containsKey("x-amz-copy-source");
		}

		boolean is(String wantedMethod, String wantedKey) {
			return this.method.equals(wantedMethod) && this.key.equals(wantedKey);
		}

	}

	/**
	 * What is answered.
	 */
	record Answer(int status, Map<String, String> headers, byte[] body) {

		static Answer xml(int status, String body) {
			return new Answer(status, Map.of("Content-Type", "application/xml"), body.getBytes(StandardCharsets.UTF_8));
		}

		static Answer error(int status, String code) {
			return xml(status, "<Error><Code>" + code + "</Code><Message>scripted " + code + "</Message></Error>");
		}

	}

}
