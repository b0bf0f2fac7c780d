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

	RunsTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory).start();
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
		awaitEnd(create("l1").header("location"));
		this.server.target().on(Operation.COPY).fail();
		awaitEnd(create("l2").header("location"));
		assertThat(runs("")).startsWith("l2 failed", "l1 complete");
		assertThat(runs("?phase=failed&backup=l2")).containsExactly("l2 failed");
		assertThat(runs("?kind=restore&backup=l2")).isEmpty();
		assertThat(runs("?limit=1")).containsExactly("l2 failed");
	}

	@Test
	void eventsTellTheProgressUntilTheEnd() throws Exception {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		String location = create("b1").header("location");
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
		String first = create("c1").header("location");
		assertThat(create("c1").status()).isEqualTo(409);
		assertThat(this.server.delete("/api/v2/backups/c1").status()).isEqualTo(409);
		create("c2");
		String third = create("c3").header("location");
		Answer busy = create("c4");
		assertThat(busy.status()).isEqualTo(429);
		assertThat(busy.header("retry-after")).isNotEmpty();
		hang.release();
		awaitEnd(first);
		awaitEnd(third);
	}

	@Test
	void aRunIsStoppedAndGoneOnWith() {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		String run = create("s1").header("location");
		Awaitility.await().until(hang::reached);
		assertThat(this.server.post(run + "/stop", "").status()).isEqualTo(202);
		hang.release();
		assertThat(awaitEnd(run).path("phase").asString()).isIn("stopped", "complete");
		this.server.target().heal();
		Answer again = this.server.post(run + "/restart", "");
		assertThat(again.status()).isIn(202, 400);
		assertThat(awaitEnd(run).path("phase").asString()).isEqualTo("complete");
		assertThat(this.server.post(run + "/stop", "").status()).isEqualTo(400);
		assertThat(this.server.post(run + "/restart", "").status()).isEqualTo(400);
		assertThat(this.server.post("/api/v2/runs/999999/stop", "").status()).isEqualTo(404);
	}

	@Test
	void aFailedRunIsGoneOnWith() {
		this.server.target().on(Operation.COPY).fail();
		String run = create("f1").header("location");
		assertThat(awaitEnd(run).path("phase").asString()).isEqualTo("failed");
		this.server.target().heal();
		Answer again = this.server.post(run + "/restart", "");
		assertThat(again.header("location")).isEqualTo(run);
		JsonNode complete = awaitEnd(run);
		assertThat(complete.path("phase").asString()).isEqualTo("complete");
		assertThat(complete.path("restarts").asInt()).isOne();
	}

	private Answer post(String path, String body) {
		return this.server.post(path, body, "Content-Type", "application/json");
	}

	private Answer create(String name) {
		return this.server.post("/api/v2/backups", "{\"name\":\"" + name + "\"}", "Content-Type", "application/json");
	}

	private JsonNode awaitEnd(String location) {
		return Awaitility.await()
			.until(() -> this.server.get(location).json(), (json) -> !"running".equals(json.path("phase").asString()));
	}

	private List<String> runs(String query) {
		return this.server.get("/api/v2/runs" + query)
			.json()
			.path("runs")
			.valueStream()
			.map((run) -> run.path("backup").asString() + " " + run.path("phase").asString())
			.toList();
	}

}
