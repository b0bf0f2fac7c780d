package dev.milvusbackup.rest.v2;

import java.nio.file.Path;
import java.util.List;

import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.VerifyReport;
import dev.milvusbackup.launch.VerifyRequest;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResourcesTest {

	private final ServerHarness server;

	private final RunClient client;

	ResourcesTest(@TempDir Path directory) {
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
	void aBackupIsStartedAndItsRunFollowed() {
		Answer answer = this.client.create("b1");
		assertThat(answer.status()).isEqualTo(202);
		assertThat(answer.header("location")).isEqualTo("/api/v2/runs/" + answer.json().path("id").asLong());
		JsonNode run = this.client.awaitEnd(answer.header("location"));
		assertThat(run.path("phase").asString()).isEqualTo("complete");
		assertThat(run.path("kind").asString()).isEqualTo("backup");
		assertThat(run.path("percent").asInt()).isEqualTo(100);
		assertThat(run.path("progress").path("bytes_done").asLong()).isPositive();
		assertThat(run.path("steps").valueStream().map((step) -> step.path("name").asString())).contains("readMetadata",
				"copySegments", "writeManifest");
		assertThat(run.path("collections").get(0).path("name").asString()).isEqualTo("default.books");
	}

	@Test
	void theSameRequestAgainIsCompleteAlready() {
		String run = this.client.create("b1").header("location");
		this.client.awaitEnd(run);
		Answer again = this.client.create("b1");
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.header("location")).isEqualTo(run);
	}

	@Test
	void aRestoreIsStartedOnce() {
		this.client.awaitEnd(this.client.create("b1").header("location"));
		String body = "{\"backup\":\"b1\",\"id\":\"drill\",\"suffix\":\"_drill\",\"rebuild_index\":true}";
		Answer answer = this.server.post("/api/v2/restores", body, "Content-Type", "application/json");
		assertThat(answer.status()).isEqualTo(202);
		JsonNode run = this.client.awaitEnd(answer.header("location"));
		assertThat(run.path("phase").asString()).isEqualTo("complete");
		assertThat(run.path("collections").get(0).path("imports").path("segments_done").asInt()).isPositive();
		assertThat(this.server.post("/api/v2/restores", body, "Content-Type", "application/json").status())
			.isEqualTo(200);
		assertThat(this.server.milvus().find("books_drill").rows()).isEqualTo(10);
	}

	@Test
	void backupsAreListedShownAndDeleted() {
		this.client.awaitEnd(this.client.create("b1").header("location"));
		JsonNode listed = this.server.get("/api/v2/backups").json().path("backups").get(0);
		assertThat(listed.path("name").asString()).isEqualTo("b1");
		assertThat(listed.path("state").asString()).isEqualTo("complete");
		assertThat(listed.path("bytes").asLong()).isPositive();
		assertThat(listed.path("verified_at").isNull()).isTrue();
		JsonNode shown = this.server.get("/api/v2/backups/b1").json();
		assertThat(shown.path("description").path("collection_backups").size()).isPositive();
		assertThat(this.server.delete("/api/v2/backups/b1").status()).isEqualTo(204);
		assertThat(this.server.get("/api/v2/backups/b1").status()).isEqualTo(404);
		assertThat(this.server.delete("/api/v2/backups/b1").status()).isEqualTo(404);
	}

	@Test
	void aBackupIsVerifiedAndDamageFound() {
		this.client.awaitEnd(this.client.create("b1").header("location"));
		assertThat(verify("{\"deep\":true}").path("state").asString()).isEqualTo("good");
		JsonNode listed = this.server.get("/api/v2/backups").json().path("backups").get(0);
		assertThat(listed.path("verified_at").isNull()).isFalse();
		assertThat(listed.path("problems").asLong()).isZero();
		BackupLayout layout = new BackupLayout(ObjectPrefix.of("backup"), new BackupName("b1"));
		ObjectKey log = this.server.backups()
			.keys()
			.stream()
			.filter((key) -> key.contains("insert_log"))
			.map(ObjectKey::new)
			.findFirst()
			.orElseThrow();
		assertThat(log.value()).startsWith(layout.root().value());
		this.server.backups().delete(List.of(log));
		JsonNode damaged = verify("");
		assertThat(damaged.path("state").asString()).isEqualTo("damaged");
		assertThat(damaged.path("problems").get(0).path("key").asString()).isEqualTo(log.value());
	}

	@Test
	void aVerificationOfTheCommandLineIsKnownToo() {
		this.client.awaitEnd(this.client.create("b1").header("location"));
		VerifyReport report = this.server.runs()
			.verify(new VerifyRequest(new BackupName("b1"), false), ProgressListener.NONE);
		JsonNode listed = this.server.get("/api/v2/backups").json().path("backups").get(0);
		assertThat(listed.path("verified_at").isNull()).isFalse();
		JsonNode last = this.server.get("/api/v2/backups/b1/verifications/last").json();
		assertThat(last.path("run").asLong()).isEqualTo(report.run());
		assertThat(last.path("state").asString()).isEqualTo("good");
		assertThat(this.server.get("/api/v2/runs/" + report.run()).json().path("kind").asString()).isEqualTo("verify");
		assertThat(this.server.get("/console/backups/b1").body()).contains("good");
		assertThat(this.server.get("/console/runs/" + report.run()).status()).isEqualTo(200);
	}

	@Test
	void errorsAreProblemsWithAHint() {
		Answer bad = this.client.create("not a name");
		assertThat(bad.status()).isEqualTo(400);
		assertThat(bad.header("content-type")).startsWith("application/problem+json");
		assertThat(bad.json().path("exit_code").asInt()).isEqualTo(2);
		assertThat(bad.json().path("detail").asString()).contains("not a name");
		assertThat(bad.json().path("hint").asString()).isNotEmpty();
		assertThat(this.server.post("/api/v2/backups", "{", "Content-Type", "application/json").status())
			.isEqualTo(400);
		assertThat(this.server.get("/api/v2/runs/999999").status()).isEqualTo(404);
		assertThat(this.server.get("/api/v2/runs/abc").status()).isEqualTo(400);
		assertThat(this.server.get("/api/v2/backups/b1/verifications/last?x").status()).isIn(200, 404);
		assertThat(this.server.post("/api/v2/backups/no/verifications", "").status()).isEqualTo(404);
		assertThat(this.server.post("/api/v2/restores", "{\"backup\":\"no\"}", "Content-Type", "application/json")
			.status()).isEqualTo(404);
	}

	@Test
	void aFieldThatThereIsNotIsNamedWithTheNearestOne() {
		Answer backup = this.client.post("/api/v2/backups", "{\"name\":\"b1\",\"startegy\":\"auto\"}");
		assertThat(backup.status()).isEqualTo(400);
		assertThat(backup.json().path("detail").asString())
			.isEqualTo("unable to read the request: there is no field 'startegy'");
		assertThat(backup.json().path("hint").asString()).isEqualTo("did you mean 'strategy'?");
		assertThat(this.client.post("/api/v2/restores", "{\"backup\":\"b1\",\"zzzzzzzzz\":1}")
			.json()
			.path("hint")
			.asString()).startsWith("use backup, count_rows, drop_exist_collection, ");
		Answer type = this.client.post("/api/v2/restores", "{\"backup\":\"b1\",\"ezk_mapping\":[\"s3cr3t\"]}");
		assertThat(type.status()).isEqualTo(400);
		assertThat(type.json().path("detail").asString()).contains("'ezk_mapping' is not of its type");
		assertThat(type.body()).doesNotContain("s3cr3t");
		assertThat(this.server.get("/api/v2/backups").json().path("backups").size()).isZero();
	}

	@Test
	void whatExcludesEachOtherIsRefused() {
		for (String fields : new String[] { "\"suffix\":\"a-b\"", "\"suffix\":\"_x\",\"renames\":[\"a:b\"]",
				"\"drop_exist_collection\":true,\"skip_create_collection\":true",
				"\"load\":true,\"load_anywhere\":true", "\"max_shard_num\":-1", "\"rbac_databases\":[\"x\"]",
				"\"odate\":\"tomorrow\"", "\"restore_plan\":{\"maping\":[]}" }) {
			Answer answer = this.client.post("/api/v2/restores", "{\"backup\":\"b1\"," + fields + "}");
			assertThat(answer.status()).as(fields).isEqualTo(400);
			assertThat(answer.json().path("detail").asString()).as(fields).startsWith("unable to ");
		}
		for (String fields : new String[] { "\"strategy\":\"often\"", "\"odate\":\"260131\"", "\"filter\":\"a b\"" }) {
			assertThat(this.client.post("/api/v2/backups", "{\"name\":\"b1\"," + fields + "}").status()).as(fields)
				.isEqualTo(400);
		}
	}

	@Test
	void theSameOrderDateIsTheSameBackupAndRestore() {
		String backup = "{\"name\":\"n_{odate}\",\"odate\":\"2026-01-31\",\"strategy\":\"serial_flush\",\"rbac\":false}";
		this.client.awaitEnd(this.client.post("/api/v2/backups", backup).header("location"));
		assertThat(this.client.post("/api/v2/backups", backup.replace("2026-01-31", "260131")).status()).isEqualTo(200);
		String restore = "{\"backup\":\"n_{odate}\",\"odate\":\"260131\",\"suffix\":\"_{odate}\"}";
		this.client.awaitEnd(this.client.post("/api/v2/restores", restore).header("location"));
		assertThat(this.server.milvus().find("books_20260131").rows()).isEqualTo(10);
		assertThat(this.client.post("/api/v2/restores", restore).status()).isEqualTo(200);
	}

	/**
	 * What was given to the command line as options, and how it is called here.
	 */
	@Test
	void theDocumentHasTheOptionsOfTheCommandLine() {
		JsonNode schemas = this.server.get("/v3/api-docs").json().path("components").path("schemas");
		assertThat(schemas.path("NewBackup").path("properties").propertyNames()).contains("name", "filter", "strategy",
				"rbac", "odate");
		assertThat(schemas.path("NewBackup").path("required").toString()).isEqualTo("[\"name\"]");
		assertThat(schemas.path("NewRestore").path("properties").propertyNames()).contains("backup", "id", "filter",
				"suffix", "renames", "rebuild_index", "use_auto_index", "meta_only", "drop_exist_collection",
				"drop_exist_index", "skip_create_collection", "restore_plan", "skip_params", "max_shard_num",
				"truncate_binlog_by_ts", "use_v2_restore", "load", "load_anywhere", "move_aliases", "count_rows",
				"force_version", "rbac", "rbac_databases", "ezk_mapping", "odate");
	}

	@Test
	void theDocumentNamesEveryResource() {
		JsonNode document = this.server.get("/v3/api-docs").json();
		assertThat(document.path("info").path("title").asString()).isEqualTo("milvus-backup");
		assertThat(document.path("paths").propertyNames()).contains("/api/v2/runs", "/api/v2/runs/{id}",
				"/api/v2/runs/{id}/events", "/api/v2/backups", "/api/v2/backups/{name}",
				"/api/v2/backups/{name}/verifications", "/api/v2/restores");
		assertThat(document.path("components").path("schemas").path("Progress").path("properties").propertyNames())
			.contains("bytes_done");
	}

	private JsonNode verify(String body) {
		Answer started = this.server.post("/api/v2/backups/b1/verifications", body, "Content-Type", "application/json");
		assertThat(started.status()).isEqualTo(202);
		return Awaitility.await()
			.until(() -> this.server.get("/api/v2/backups/b1/verifications/last").json(),
					(json) -> !"running".equals(json.path("state").asString()));
	}

}
