package dev.milvusbackup.rest.v2;

import java.nio.file.Path;
import java.time.Duration;

import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import dev.milvusbackup.testing.milvus.FakeSchemas;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was left out of a run, or went otherwise than usual.
 */
class RunNotesTest {

	private final ServerHarness server;

	RunNotesTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory, "3.0").start();
		this.server.milvus().collection("books").insertSegment("_default", 20, 3);
		this.server.milvus().snapshots().addBucket("bk-bucket", this.server.backups());
		this.server.milvus().create("lake", FakeSchemas.external());
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void aBackupTellsWhatItLeftOutAlsoAfterARestart() {
		JsonNode run = start("/api/v2/backups", "{\"name\":\"b1\",\"format\":\"binlog\"}");
		assertThat(run.path("phase").asString()).isEqualTo("complete");
		String path = "/api/v2/runs/" + run.path("id").asLong();
		this.server.restart();
		assertThat(this.server.get(path).json().path("notes")).singleElement()
			.satisfies((note) -> assertThat(note.asString()).startsWith("left out default.lake: it is an external"));
		assertThat(this.server.get("/console" + path.substring("/api/v2".length()), "Accept", "text/html").body())
			.contains("What to know", "left out default.lake");
		assertThat(this.server.get("/api/v2/runs").json().path("runs").get(0).path("notes")).isEmpty();
	}

	@Test
	void aRestoreTellsWhatCannotBeComparedOrHadNoEffect() {
		start("/api/v2/backups", "{\"name\":\"b1\",\"format\":\"binlog\"}");
		JsonNode copied = start("/api/v2/restores", "{\"backup\":\"b1\",\"suffix\":\"_r\"}");
		assertThat(copied.path("collections").get(0).path("note").asString()).contains("rows are not comparable");
		start("/api/v2/backups", "{\"name\":\"b2\",\"format\":\"snapshot\"}");
		JsonNode restored = start("/api/v2/restores",
				"{\"backup\":\"b2\",\"suffix\":\"_s\",\"filter\":\"books_s\",\"rebuild_index\":true}");
		assertThat(restored.path("notes")).as("%s", restored)
			.singleElement()
			.satisfies((note) -> assertThat(note.asString()).contains("without effect", "--rebuild_index"));
	}

	/** Returns the run when it has ended. */
	private JsonNode start(String path, String body) {
		Answer answer = this.server.post(path, body, "Content-Type", "application/json");
		assertThat(answer.status()).as(answer.body()).isEqualTo(202);
		String run = answer.header("location");
		return Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> this.server.get(run).json(), (json) -> !"running".equals(json.path("phase").asString()));
	}

}
