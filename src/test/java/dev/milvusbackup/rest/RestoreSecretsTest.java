package dev.milvusbackup.rest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.milvusbackup.rest.ServerHarness.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Users, roles and keys in requests of both APIs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreSecretsTest {

	private final ServerHarness server;

	RestoreSecretsTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory, "2.6.5");
	}

	@BeforeAll
	void start() {
		this.server.milvus().encryptedDatabase("vault", "old-secret");
		this.server.milvus().collection("vault.gold").insertSegment("_default", 10);
		this.server.milvus()
			.roles()
			.role("keeper")
			.user("eve", "hash", "keeper")
			.grant("keeper", "Search", "vault", "gold");
		this.server.start();
		JsonNode created = this.server.post("/api/v1/create", "{\"backup_name\":\"b1\",\"rbac\":true}").json();
		assertThat(created.has("code")).as(created.toString()).isFalse();
		this.server.milvus().roles().clear();
		this.server.milvus().encryptionKeys(Map.of("new-secret", "old-secret"));
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void theGoToolsApiTakesThem() {
		JsonNode answer = this.server
			.post("/api/v1/restore",
					"{\"backup_name\":\"b1\",\"collection_suffix\":\"_1\",\"rbac\":true,"
							+ "\"ezkMapping\":{\"old-secret\":\"new-secret\"}}")
			.json();
		assertThat(answer.path("data").path("state_code").asInt()).as(answer.toString()).isEqualTo(2);
		assertThat(answer.toString()).doesNotContain("secret");
		assertThat(this.server.milvus().find("vault.gold_1").rows()).isEqualTo(10);
		assertThat(this.server.milvus().roles().all().getUsersList()).extracting((user) -> user.getUser())
			.contains("eve");
	}

	@Test
	void ourOwnApiTakesThem() {
		Answer started = this.server.post("/api/v2/restores",
				"{\"backup\":\"b1\",\"suffix\":\"_2\",\"rbac\":true,\"rbac_databases\":[\"vault\"],"
						+ "\"ezk_mapping\":{\"old-secret\":\"new-secret\"}}",
				"Content-Type", "application/json");
		assertThat(started.status()).isEqualTo(202);
		JsonNode run = Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.server.get(started.header("location")).json(),
					(json) -> !json.path("phase").asString().equals("running"));
		assertThat(run.path("phase").asString()).as(run.toString()).isEqualTo("complete");
		assertThat(run.toString()).doesNotContain("secret");
		assertThat(this.server.milvus().find("vault.gold_2").rows()).isEqualTo(10);
	}

	@Test
	void anUnknownKeyIsAFailureThatDoesNotNameIt() {
		JsonNode answer = this.server
			.post("/api/v1/restore",
					"{\"backup_name\":\"b1\",\"collection_suffix\":\"_3\","
							+ "\"ezkMapping\":{\"a-secret\":\"new-secret\"}}")
			.json();
		assertThat(answer.path("code").asInt()).isEqualTo(3);
		assertThat(answer.path("msg").asString()).contains("mapping of encryption keys").doesNotContain("secret");
		assertThat(this.server.milvus().find("vault.gold_3")).isNull();
	}

}
