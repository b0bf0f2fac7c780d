package dev.milvusbackup.rest.v1;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreApiTest {

	private final ServerHarness server;

	RestoreApiTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory);
	}

	@BeforeAll
	void start() {
		this.server.milvus().collection("books").insertSegment("_default", 10);
		this.server.milvus().collection("shop.films").insertSegment("_default", 20);
		this.server.start();
		this.server.post("/api/v1/create", "{\"backup_name\":\"b1\"}");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void aSynchronousRestoreAnswersWithItsTask() {
		JsonNode answer = restore("{\"requestId\":\"r-1\",\"backup_name\":\"b1\",\"collection_suffix\":\"_sync\"}")
			.json();
		assertThat(answer.propertyNames()).containsExactly("requestId", "msg", "data");
		assertThat(answer.path("requestId").asString()).isEqualTo("r-1");
		JsonNode data = answer.path("data");
		assertThat(data.path("id").asString()).matches("restore_\\d{4}(_\\d\\d){5}_\\d+");
		assertThat(data.path("state_code").asInt()).isEqualTo(2);
		assertThat(data.path("progress").asInt()).isEqualTo(100);
		assertThat(data.path("end_time").asLong()).isGreaterThanOrEqualTo(data.path("start_time").asLong());
		assertThat(data.path("collection_restore_tasks").valueStream())
			.allSatisfy((task) -> assertThat(task.propertyNames()).containsExactly("state_code", "start_time",
					"end_time", "progress", "target_db_name", "target_collection_name"))
			.extracting((task) -> task.path("target_db_name").asString() + "."
					+ task.path("target_collection_name").asString() + " " + task.path("state_code").asInt())
			.containsExactlyInAnyOrder("default.books_sync 2", "shop.films_sync 2");
		assertThat(this.server.milvus().find("books_sync").rows()).isEqualTo(10);
		assertThat(get("id=" + data.path("id").asString()).path("data")).isEqualTo(data);
	}

	@Test
	void anAsynchronousRestoreIsFollowedById() {
		JsonNode answer = restore(
				"{\"async\":true,\"id\":\"my-restore\",\"backup_name\":\"b1\",\"collection_suffix\":\"_async\"}")
			.json();
		assertThat(answer.path("msg").asString()).isEqualTo("restore backup is executing asynchronously");
		assertThat(answer.path("data").path("id").asString()).isEqualTo("my-restore");
		assertThat(answer.path("data").path("state_code").asInt()).isEqualTo(1);
		assertThat(answer.path("data").path("progress").asInt()).isPositive();
		assertThat(answer.path("data").path("end_time").asLong()).isEqualTo(-62135596800L);
		assertThat(awaitEnd("my-restore").path("state_code").asInt()).isEqualTo(2);
		this.server.restart();
		assertThat(get("id=my-restore").path("data").path("state_code").asInt()).isEqualTo(2);
		assertThat(get("backup_name=b1").path("data").path("state_code").asInt()).isEqualTo(2);
	}

	@Test
	void aFailureDoesNotStayExecuting() {
		JsonNode answer = restore("{\"async\":true,\"id\":\"fails\",\"backup_name\":\"b1\"}").json();
		assertThat(answer.has("code")).isFalse();
		JsonNode data = awaitEnd("fails");
		assertThat(data.path("state_code").asInt()).isEqualTo(3);
		assertThat(data.path("errorMessage").asString()).contains("books");
		JsonNode sync = restore("{\"backup_name\":\"b1\"}").json();
		assertThat(sync.path("code").asInt()).isEqualTo(3);
		assertThat(sync.path("data").path("state_code").asInt()).isEqualTo(3);
	}

	@Test
	void anIdIsUsedOnce() {
		String body = "{\"id\":\"once\",\"backup_name\":\"b1\",\"collection_suffix\":\"_once\"}";
		assertThat(restore(body).json().has("code")).isFalse();
		JsonNode first = get("id=once").path("data");
		JsonNode again = restore(body).json();
		assertThat(again.path("code").asInt()).isEqualTo(3);
		assertThat(again.path("msg").asString()).contains("already exist");
		assertThat(get("id=once").path("data")).isEqualTo(first);
	}

	@Test
	void collectionsAreSelectedAndRenamedInAllWays() {
		Map<String, List<String>> requests = Map.of("\"collection_names\":[\"books\"],\"collection_suffix\":\"_1\"",
				List.of("default.books_1"), "\"db_collections\":{\"shop\":[]},\"collection_suffix\":\"_2\"",
				List.of("shop.films_2"),
				"\"db_collections\":\"{\\\"shop\\\":[\\\"films\\\"]}\",\"collection_suffix\":\"_3\"",
				List.of("shop.films_3"),
				"\"db_collections_after_rename\":{\"default\":[\"books_4\"]},\"collection_suffix\":\"_4\"",
				List.of("default.books_4"),
				"\"collection_renames\":{\"books\":\"tomes\",\"shop.films\":\"shop.reels\"},\"collection_suffix\":\"_5\"",
				List.of("default.tomes", "shop.reels"));
		requests.forEach((fields, names) -> {
			JsonNode answer = restore("{\"backup_name\":\"b1\"," + fields + "}").json();
			assertThat(answer.path("data").path("collection_restore_tasks").valueStream()).as(fields)
				.extracting((task) -> task.path("target_db_name").asString() + "."
						+ task.path("target_collection_name").asString())
				.containsExactlyInAnyOrderElementsOf(names);
		});
	}

	@Test
	void aBackupInAnotherBucketIsRestored() {
		this.server.bucket("other-bucket");
		JsonNode absent = restore("{\"backup_name\":\"b1\",\"bucket_name\":\"other-bucket\",\"path\":\"p\"}").json();
		assertThat(absent.path("code").asInt()).isEqualTo(400);
		this.server.post("/api/v1/create", "{\"backup_name\":\"moved\",\"backup_root_path\":\"p\"}");
		JsonNode there = restore("{\"backup_name\":\"moved\",\"path\":\"p\",\"collection_suffix\":\"_moved\"}").json();
		assertThat(there.path("data").path("state_code").asInt()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"backup_name\":\"\"}", "{\"backup_name\":\"no_such\"}",
			"{\"backup_name\":\"b1\",\"dropExistCollection\":true,\"skipCreateCollection\":true}",
			"{\"backup_name\":\"b1\",\"db_collections\":1}" })
	void aRequestThatCannotBeCarriedOutIs400InTheCode(String body) {
		Answer answer = restore(body);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("code").asInt()).isEqualTo(400);
		assertThat(answer.json().path("data").isNull()).isTrue();
	}

	@Test
	void theSwitchesHaveTheirEffect() {
		JsonNode metaOnly = restore("{\"backup_name\":\"b1\",\"metaOnly\":true,\"collection_suffix\":\"_meta\"}")
			.json();
		assertThat(metaOnly.path("data").path("state_code").asInt()).isEqualTo(2);
		assertThat(this.server.milvus().find("books_meta").rows()).isZero();
		JsonNode into = restore(
				"{\"backup_name\":\"b1\",\"skipCreateCollection\":true,\"collection_suffix\":\"_meta\"}")
			.json();
		assertThat(into.path("data").path("state_code").asInt()).isEqualTo(2);
		assertThat(this.server.milvus().find("books_meta").rows()).isEqualTo(10);
		JsonNode anew = restore(
				"{\"backup_name\":\"b1\",\"dropExistCollection\":true,\"restoreIndex\":true,\"useAutoIndex\":true,"
						+ "\"dropExistIndex\":true,\"skipImportDiskQuotaCheck\":true,\"collection_suffix\":\"_meta\"}")
			.json();
		assertThat(anew.path("data").path("state_code").asInt()).isEqualTo(2);
		assertThat(this.server.milvus().find("books_meta").rows()).isEqualTo(10);
	}

	@Test
	void aBodyThatIsNoRequestIsHttp400() {
		assertThat(restore("{").status()).isEqualTo(400);
		assertThat(restore("").json().path("error").asString()).isNotEmpty();
		assertThat(this.server.post("/api/v1/restore_secondary", "x").status()).isEqualTo(400);
	}

	@Test
	void anUnknownTaskIsTold() {
		assertThat(get("").path("msg").asString()).isEqualTo("empty restore id");
		assertThat(get("").path("code").asInt()).isEqualTo(3);
		assertThat(get("id=no").path("msg").asString()).isEqualTo("task not found");
		assertThat(get("id=no").path("code").asInt()).isEqualTo(3);
	}

	@Test
	void aRestoreOfTheCommandLineIsKnownToo() {
		RunSummary unnamed = this.server.runs().restore(request("_cli", null), ProgressListener.NONE);
		assertThat(get("id=run_" + unnamed.run()).path("data").path("state_code").asInt()).isEqualTo(2);
		this.server.runs().restore(request("_named", "from-cli"), ProgressListener.NONE);
		assertThat(get("id=from-cli").path("data").path("state_code").asInt()).isEqualTo(2);
		assertThat(get("backup_name=b1").path("data").path("id").asString()).isEqualTo("from-cli");
	}

	private static RestoreRequest request(String suffix, @Nullable String id) {
		return new RestoreRequest(new BackupName("b1"), CollectionFilter.ALL, CollectionFilter.ALL, suffix, List.of(),
				new RestoreRequest.Options(false, false, false, false, false, false), id);
	}

	private Answer restore(String body, String... headers) {
		return this.server.post("/api/v1/restore", body, headers);
	}

	private JsonNode get(String query) {
		return this.server.get("/api/v1/get_restore?" + query).json();
	}

	private JsonNode awaitEnd(String id) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> get("id=" + id).path("data"), (data) -> data.path("state_code").asInt() >= 2);
	}

}
