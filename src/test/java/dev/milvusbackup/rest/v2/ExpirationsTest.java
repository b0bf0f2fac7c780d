package dev.milvusbackup.rest.v2;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import dev.milvusbackup.storage.ObjectPrefix;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpirationsTest {

	private static final String PATH = "/api/v2/expirations";

	private final ServerHarness server;

	ExpirationsTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory).start();
	}

	@BeforeEach
	void fill() {
		this.server.reset();
		complete("n1", 3);
		complete("n2", 2);
		complete("n3", 1);
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void withoutApplyItIsOnlyTold() {
		Answer answer = post("{\"prefix\":\"n\",\"keep_last\":1}");
		assertThat(answer.status()).isEqualTo(200);
		JsonNode backups = answer.json().path("backups");
		assertThat(backups.findValuesAsString("name")).containsExactly("n3", "n2", "n1");
		assertThat(backups.valueStream().map((backup) -> backup.path("expires").asBoolean())).containsExactly(false,
				true, true);
		assertThat(backups.get(0).path("reasons").get(0).asString()).isEqualTo("newest good");
		assertThat(names()).containsExactly("n1", "n2", "n3");
	}

	@Test
	void withApplyARunDeletes() {
		Answer answer = post("{\"keep_within\":\"30h\",\"apply\":true}");
		assertThat(answer.status()).isEqualTo(202);
		long run = answer.json().path("id").asLong();
		assertThat(answer.header("location")).isEqualTo("/api/v2/runs/" + run);
		Awaitility.await()
			.until(() -> "complete".equals(this.server.get("/api/v2/runs/" + run).json().path("phase").asString()));
		assertThat(names()).containsExactly("n2", "n3");
		JsonNode shown = this.server.get("/api/v2/runs/" + run).json();
		assertThat(shown.path("kind").asString()).isEqualTo("expire");
		assertThat(shown.path("backup").asString()).isEqualTo("*");
		assertThat(shown.path("progress").path("segments_done").asInt()).isOne();
		JsonNode deleted = this.server.get(PATH + "/" + run).json().path("backups").get(0);
		assertThat(deleted.path("name").asString()).isEqualTo("n1");
		assertThat(deleted.path("deleted").asBoolean()).isTrue();
		assertThat(deleted.path("objects").asInt()).isOne();
		assertThat(this.server.get("/console/runs/" + run).status()).isEqualTo(200);
		assertThat(this.server.get("/console/runs").body()).contains("expire");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{}|no rule", "{\"keep_last\":-1}|less than 0",
			"{\"keep_within\":\"30\"}|not an age", "{\"keep_last\":1,\"grace\":\"soon\",\"apply\":true}|not an age" })
	void nonsenseIsRefused(String body, String told) {
		Answer answer = post(body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("detail").asString()).contains(told);
		assertThat(names()).containsExactly("n1", "n2", "n3");
	}

	@Test
	void whatIsNoSuchRunIs404() {
		assertThat(this.server.get(PATH + "/4711").status()).isEqualTo(404);
	}

	@Test
	void theDocumentDescribesBothAnswers() {
		JsonNode post = this.server.get("/v3/api-docs").json().path("paths").path(PATH).path("post");
		assertThat(post.path("responses").propertyNames()).contains("200", "202");
		assertThat(post.toString()).contains("Expiration", "RunResource");
	}

	private Answer post(String body) {
		return this.server.post(PATH, body, "Content-Type", "application/json");
	}

	private List<String> names() {
		return this.server.get("/api/v2/backups").json().path("backups").findValuesAsString("name");
	}

	private void complete(String name, int days) {
		ObjectPrefix directory = ObjectPrefix.of("backup").directory(name);
		this.server.backups().put(directory.key("binlogs/insert_log/1/2/3/3/0/1").value(), "x");
		this.server.backups().put(directory.key("meta/full_meta.json").value(), "{}");
		this.server.backups().put(directory.key("meta/collection_meta.json").value(), "{}");
		this.server.backups().put(directory.key("meta/backup_meta.json").value(), "{\"id\":\"" + name + "\"}");
		this.server.backups().age(directory, Instant.now().minus(Duration.ofDays(days)));
	}

}
