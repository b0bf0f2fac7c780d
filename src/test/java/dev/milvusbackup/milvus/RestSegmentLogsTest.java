package dev.milvusbackup.milvus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.CollectionName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static dev.milvusbackup.milvus.MilvusTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Exact lists are asked for many segments at once, and in several requests at a time.
 */
class RestSegmentLogsTest {

	private static final CollectionName BOOKS = CollectionName.parse("books");

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Integer> batches = new CopyOnWriteArrayList<>();

	private final Set<Long> missing = ConcurrentHashMap.newKeySet();

	private volatile CountDownLatch together = new CountDownLatch(0);

	private volatile int status = 200;

	private HttpServer server;

	private MilvusChannel channel;

	private SegmentLogs logs;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/v2/vectordb/segments/describe", this::answer);
		this.server.start();
		MilvusProperties properties = new MilvusProperties("127.0.0.1", this.server.getAddress().getPort(), "", "", 0,
				null, null, null, null, "");
		CallLimits limits = new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(5),
				Duration.ofSeconds(1));
		this.channel = new MilvusChannel(properties);
		this.logs = new RestSegmentLogs(new RestCalls(properties,
				new MilvusCalls(this.channel, limits, MilvusFeatures.of(List.of("2.6.11")), new CallFailures("here"))),
				true);
	}

	@AfterEach
	void stop() {
		this.channel.close();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void aHundredAreAskedForInARequestAndFourRequestsAreUnderWay() {
		this.together = new CountDownLatch(4);
		assertThat(this.logs.describe(BOOKS, 1, ids(350))).hasSize(350);
		assertThat(this.batches).containsExactlyInAnyOrder(100, 100, 100, 50);
		assertThat(this.together.getCount()).isZero();
	}

	@Test
	void segmentsThatAreGoneAreLeftOutAndTheOthersTold() {
		this.missing.addAll(List.of(7L, 42L));
		assertThat(this.logs.describe(BOOKS, 1, ids(60))).hasSize(58).doesNotContainKeys(7L, 42L);
		assertThat(this.batches).hasSizeLessThan(30);
	}

	@Test
	void aServerThatFailsIsNotWaitedForLong() {
		this.status = 503;
		long begin = System.nanoTime();
		assertFails(Kind.UNAVAILABLE, () -> this.logs.describe(BOOKS, 1, ids(3))).hasMessageContaining("HTTP 503");
		assertThat(this.batches).hasSizeGreaterThan(1);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
	}

	private static List<Long> ids(int count) {
		return LongStream.rangeClosed(1, count).boxed().toList();
	}

	private void answer(HttpExchange exchange) throws IOException {
		JsonNode asked = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()).path("segmentIds");
		this.batches.add(asked.size());
		this.together.countDown();
		await();
		List<String> infos = new ArrayList<>();
		String body = "";
		for (JsonNode id : asked) {
			if (this.missing.contains(id.asLong())) {
				body = "{\"code\":600,\"message\":\"segment not found[segment=" + id + "]\"}";
			}
			infos.add("{\"segmentID\":" + id + "}");
		}
		if (body.isEmpty()) {
			body = "{\"code\":0,\"data\":{\"segmentInfos\":[" + String.join(",", infos) + "]}}";
		}
		try (exchange) {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.status, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

	/** For the others, which are to come while this one is under way. */
	private void await() {
		try {
			this.together.await(4, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
