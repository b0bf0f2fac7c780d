package dev.milvusbackup.rest.v1;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import dev.milvusbackup.testing.Fault.Hang;
import dev.milvusbackup.testing.Fault.Operation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupApiTest {

	private final ServerHarness server;

	private final BackupClient client;

	BackupApiTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory).start();
		this.client = new BackupClient(this.server);
		this.server.milvus().collection("books").insertSegment("_default", 10);
		this.server.milvus().collection("shop.films").insertSegment("_default", 20);
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
	void aBodyIsReadWhateverItSaysItIs() {
		for (String type : new String[] { "application/x-www-form-urlencoded", "text/plain", "application/json" }) {
			String name = "c_" + type.replaceAll("\\W", "_");
			Answer answer = this.server.post("/api/v1/create", "{\"backup_name\":\"" + name + "\"}", "Content-Type",
					type);
			assertThat(answer.json().path("data").path("name").asString()).as(type).isEqualTo(name);
		}
	}

	@Test
	void aSynchronousCreateAnswersWithTheBackup() {
		Answer answer = this.client.create("{\"backup_name\":\"b1\"}", "request_id", "r-1");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().propertyNames()).containsExactly("requestId", "msg", "data");
		assertThat(answer.json().path("requestId").asString()).isEqualTo("r-1");
		assertThat(answer.json().path("msg").asString()).isEqualTo("success");
		JsonNode data = answer.json().path("data");
		assertThat(data.path("state_code").asInt()).isEqualTo(2);
		assertThat(data.path("progress").asInt()).isEqualTo(100);
		assertThat(data.path("name").asString()).isEqualTo("b1");
		assertThat(data.path("start_time").asLong()).isPositive();
		assertThat(data.path("end_time").asLong()).isGreaterThanOrEqualTo(data.path("start_time").asLong());
		assertThat(data.path("size").asLong()).isPositive();
		assertThat(data.path("meta_size").asLong()).isPositive();
		assertThat(names(data)).containsExactlyInAnyOrder("books", "films");
		assertThat(data.path("collection_backups").get(0).propertyNames()).contains("collection_id", "schema", "size",
				"has_index");
	}

	@Test
	void anAsynchronousCreateIsFollowedByNameByRequestAndById() {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		Answer answer = this.client.create("{\"async\":true,\"backup_name\":\"b1\"}", "RequestId", "r-2");
		assertThat(answer.json().propertyNames()).containsExactly("requestId", "msg", "data");
		assertThat(answer.json().path("msg").asString()).isEqualTo("create backup is executing asynchronously");
		assertThat(answer.json().path("data").isNull()).isTrue();
		JsonNode running = this.client.get("backup_name=b1").path("data");
		assertThat(running.path("state_code").asInt()).isEqualTo(1);
		assertThat(running.path("end_time").asLong()).isEqualTo(-62135596800L);
		assertThat(running.path("progress").asInt()).isBetween(1, 95);
		assertThat(running.path("name").asString()).isEqualTo("b1");
		assertThat(running.has("size")).isTrue();
		assertThat(running.has("meta_size")).isTrue();
		hang.release();
		JsonNode done = this.client.awaitEnd("backup_id=r-2");
		assertThat(done.path("state_code").asInt()).isEqualTo(2);
		assertThat(this.client.get("backup_id=" + done.path("id").asString()).path("data")).isEqualTo(done);
		assertThat(this.client.get("backup_name=b1").path("data")).isEqualTo(done);
	}

	@Test
	void aFailureIsTold() {
		this.server.target().on(Operation.COPY).fail();
		JsonNode answer = this.client.create("{\"backup_name\":\"b1\"}").json();
		assertThat(answer.path("code").asInt()).isEqualTo(3);
		assertThat(answer.path("msg").asString()).contains("unable to");
		assertThat(answer.path("requestId").asString()).isNotEmpty();
		JsonNode state = this.client.get("backup_name=b1").path("data");
		assertThat(state.path("state_code").asInt()).isEqualTo(3);
		assertThat(state.path("errorMessage").asString()).isNotEmpty();
		this.server.target().heal();
		assertThat(this.client.create("{\"backup_name\":\"b1\"}").json().has("code")).isFalse();
		assertThat(this.client.get("backup_name=b1").path("data").path("state_code").asInt()).isEqualTo(2);
	}

	@Test
	void anAsynchronousFailureDoesNotStayExecuting() {
		this.server.target().on(Operation.COPY).fail();
		this.client.create("{\"async\":true,\"backup_name\":\"b1\"}", "request_id", "r-3");
		assertThat(this.client.awaitEnd("backup_id=r-3").path("state_code").asInt()).isEqualTo(3);
	}

	@Test
	void anErrorBeforeTheStartIsAnsweredAtOnce() {
		this.server.milvus().stop();
		JsonNode answer = this.client.create("{\"async\":true,\"backup_name\":\"b1\"}").json();
		this.server.milvus().restart();
		assertThat(answer.path("code").asInt()).isEqualTo(3);
		assertThat(answer.path("data").isNull()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"backup_name\":\"\"}", "{\"backup_name\":\"1a\"}", "{\"backup_name\":\"a b\"}",
			"{\"backup_name\":\"b1\",\"strategy\":\"some\"}", "{\"backup_name\":\"b1\",\"format\":\"zip\"}",
			"{\"backup_name\":\"b1\",\"db_collections\":\"[\"}", "{\"backup_name\":\"b1\",\"db_collections\":[1]}" })
	void aRequestThatCannotBeCarriedOutIs400InTheCode(String body) {
		Answer answer = this.client.create(body);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("code").asInt()).isEqualTo(400);
		assertThat(this.server.backups().keys()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "\"b1\"", "null", "{\"backup_name\":[]}", "{\"async\":\"yes\"}" })
	void aBodyThatIsNoRequestIsHttp400(String body) {
		Answer answer = this.client.create(body);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("error").asString()).isNotEmpty();
	}

	@Test
	void anExistingNameIsRefused() {
		this.client.create("{\"backup_name\":\"b1\"}");
		JsonNode again = this.client.create("{\"backup_name\":\"b1\"}").json();
		assertThat(again.path("code").asInt()).isEqualTo(3);
		assertThat(again.path("msg").asString()).isEqualTo("backup: backup with name b1 already exist");
		JsonNode other = this.client.create("{\"backup_name\":\"b1\",\"collection_names\":[\"books\"]}").json();
		assertThat(other.path("code").asInt()).isEqualTo(3);
		assertThat(other.path("msg").asString()).contains("other options");
	}

	@Test
	void collectionsAreSelectedInAllWays() {
		Map<String, List<String>> selections = Map.of("\"collection_names\":[\"books\",\"shop.films\"]",
				List.of("books", "films"), "\"db_collections\":{\"shop\":[]}", List.of("films"),
				"\"db_collections\":\"{\\\"default\\\":[\\\"books\\\"]}\"", List.of("books"),
				"\"filter\":{\"shop\":{\"colls\":[\"*\"]}},\"collection_names\":[\"books\"]", List.of("films"),
				"\"filter\":{\"default\":{\"colls\":[\"books\"]},\"shop\":{}}", List.of("books"));
		int[] number = { 0 };
		selections.forEach((selection, names) -> {
			String body = "{\"backup_name\":\"s" + number[0]++ + "\"," + selection + "}";
			assertThat(names(this.client.create(body).json().path("data"))).as(body)
				.containsExactlyInAnyOrderElementsOf(names);
		});
	}

	@Test
	void deprecatedSwitchesAndUnknownFieldsAreUnderstood() {
		JsonNode metaOnly = this.client
			.create("{\"backup_name\":\"m\",\"meta_only\":true,\"what\":1,\"gc_pause_seconds\":5}")
			.json();
		assertThat(metaOnly.path("data").path("size").asLong()).isZero();
		assertThat(metaOnly.path("data").path("collection_backups").size()).isEqualTo(2);
		assertThat(this.client.create("{\"Backup_Name\":\"f\",\"force\":true,\"async\":null}")
			.json()
			.path("data")
			.path("name")).hasToString("\"f\"");
		assertThat(this.client.create("{\"backup_name\":\"p\",\"gc_pause_enable\":true}").json().has("code")).isFalse();
	}

	@Test
	void theListHoldsCompleteBackupsOnly() {
		JsonNode empty = this.server.get("/api/v1/list").json();
		assertThat(empty.path("data").isArray()).isTrue();
		assertThat(empty.path("data").size()).isZero();
		this.client.create("{\"backup_name\":\"b1\"}");
		this.server.target().on(Operation.COPY).fail();
		this.client.create("{\"backup_name\":\"b2\"}");
		JsonNode list = this.server.get("/api/v1/list").json();
		assertThat(list.has("code")).isFalse();
		assertThat(list.path("data").size()).isOne();
		assertThat(list.path("data").get(0).propertyNames()).containsExactly("id", "name", "size", "milvus_version");
		assertThat(this.server.get("/api/v1/list?collection_name=books").json().path("code").asInt()).isEqualTo(400);
	}

	@Test
	void aBackupIsDeletedAndItsNameUsedAgain() {
		this.client.create("{\"backup_name\":\"b1\"}");
		JsonNode deleted = this.server.delete("/api/v1/delete?backup_name=b1").json();
		assertThat(deleted.propertyNames()).containsExactly("requestId", "msg");
		assertThat(deleted.path("msg").asString()).isEqualTo("success");
		assertThat(this.server.backups().keys()).isEmpty();
		assertThat(this.client.get("backup_name=b1").path("code").asInt()).isEqualTo(404);
		assertThat(this.client.create("{\"backup_name\":\"b1\"}").json().has("code")).isFalse();
	}

	@Test
	void whatIsNotThereIsToldAsSuch() {
		assertThat(this.server.delete("/api/v1/delete").json().path("code").asInt()).isEqualTo(400);
		assertThat(this.server.delete("/api/v1/delete?backup_name=no").json().path("code").asInt()).isEqualTo(3);
		assertThat(this.client.get("").path("code").asInt()).isEqualTo(400);
		assertThat(this.client.get("backup_name=no").path("code").asInt()).isEqualTo(404);
		assertThat(this.client.get("backup_id=no").path("code").asInt()).isEqualTo(3);
	}

	@Test
	void aBackupElsewhereIsMadeAndFound() {
		this.client.create("{\"backup_name\":\"b1\",\"backup_root_path\":\"other/place\"}");
		assertThat(this.server.backups().keys()).isNotEmpty().allMatch((key) -> key.startsWith("other/place/b1/"));
		assertThat(this.client.get("backup_name=b1").path("code").asInt()).isEqualTo(404);
		JsonNode data = this.client.get("backup_name=b1&path=other/place").path("data");
		assertThat(data.path("state_code").asInt()).isEqualTo(2);
		assertThat(this.client.get("backup_name=b1&path=../x").path("code").asInt()).isEqualTo(3);
	}

	private static List<String> names(JsonNode data) {
		return data.path("collection_backups")
			.valueStream()
			.map((collection) -> collection.path("collection_name").asString())
			.toList();
	}

}
