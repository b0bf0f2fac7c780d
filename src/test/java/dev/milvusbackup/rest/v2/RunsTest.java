package dev.milvusbackup.rest.v2;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import dev.milvusbackup.testing.Fault.Hang;
import dev.milvusbackup.testing.Fault.Operation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs: listed, followed, stopped, and gone on with.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsTest {

	private final ServerHarness server;

	private final RunClient client;

	RunsTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory).start();
		this.client = new RunClient(this.server);
		this.server.milvus().collection("books").insertSegment("_default", 10);
	}

	@BeforeEach
	void reset() {
		this.server.reset();
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void runsAreListedNewestFirstAndSelected() {
		this.client.awaitEnd(this.client.create("l1").header("location"));
		this.server.target().on(Operation.COPY).fail();
		this.client.awaitEnd(this.client.create("l2").header("location"));
		assertThat(this.client.runs("")).startsWith("l2 failed", "l1 complete");
		assertThat(this.client.runs("?phase=failed&backup=l2")).containsExactly("l2 failed");
		assertThat(this.client.runs("?kind=restore&backup=l2")).isEmpty();
		assertThat(this.client.runs("?limit=1")).containsExactly("l2 failed");
	}

	@Test
	void eventsTellTheProgressUntilTheEnd() throws Exception {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		String location = this.client.create("b1").header("location");
		HttpRequest request = HttpRequest.newBuilder(this.server.uri(location + "/events")).build();
		try (Stream<String> lines = this.server.http().send(request, BodyHandlers.ofLines()).body()) {
			hang.release();
			List<String> phases = lines.filter((line) -> line.startsWith("data:"))
				.map((line) -> JsonMapper.shared().readTree(line.substring(5)).path("phase").asString())
				.toList();
			assertThat(phases).startsWith("running").endsWith("complete");
		}
	}

	@Test
	void whatRunsAlreadyIsAConflictAndTooMuchIsTooMuch() {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		String first = this.client.create("c1").header("location");
		assertThat(this.client.create("c1").status()).isEqualTo(409);
		assertThat(this.server.delete("/api/v2/backups/c1").status()).isEqualTo(409);
		this.client.create("c2");
		String third = this.client.create("c3").header("location");
		Answer busy = this.client.create("c4");
		assertThat(busy.status()).isEqualTo(429);
		assertThat(busy.header("retry-after")).isNotEmpty();
		hang.release();
		this.client.awaitEnd(first);
		this.client.awaitEnd(third);
	}

	@Test
	void aRunIsStoppedAndGoneOnWith() {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		String run = this.client.create("s1").header("location");
		Awaitility.await().until(hang::reached);
		assertThat(this.server.post(run + "/stop", "").status()).isEqualTo(202);
		hang.release();
		assertThat(this.client.awaitEnd(run).path("phase").asString()).isIn("stopped", "complete");
		this.server.target().heal();
		Answer again = this.server.post(run + "/restart", "");
		assertThat(again.status()).isIn(202, 400);
		assertThat(this.client.awaitEnd(run).path("phase").asString()).isEqualTo("complete");
		assertThat(this.server.post(run + "/stop", "").status()).isEqualTo(400);
		assertThat(this.server.post(run + "/restart", "").status()).isEqualTo(400);
		assertThat(this.server.post("/api/v2/runs/999999/stop", "").status()).isEqualTo(404);
	}

	@Test
	void aFailedRunIsGoneOnWith() {
		this.server.target().on(Operation.COPY).fail();
		String run = this.client.create("f1").header("location");
		assertThat(this.client.awaitEnd(run).path("phase").asString()).isEqualTo("failed");
		this.server.target().heal();
		Answer again = this.server.post(run + "/restart", "");
		assertThat(again.header("location")).isEqualTo(run);
		JsonNode complete = this.client.awaitEnd(run);
		assertThat(complete.path("phase").asString()).isEqualTo("complete");
		assertThat(complete.path("restarts").asInt()).isOne();
	}

}
