package dev.milvusbackup.rest.v2;

import java.time.Duration;
import java.util.List;

import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * What a client of the API of resources asks about runs.
 */
record RunClient(ServerHarness server) {

	Answer post(String path, String body) {
		return this.server.post(path, body, "Content-Type", "application/json");
	}

	Answer create(String name) {
		return post("/api/v2/backups", "{\"name\":\"" + name + "\"}");
	}

	JsonNode awaitEnd(String location) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.server.get(location).json(), (json) -> !"running".equals(json.path("phase").asString()));
	}

	/**
	 * Backup and phase of each, the newest first.
	 */
	List<String> runs(String query) {
		return this.server.get("/api/v2/runs" + query)
			.json()
			.path("runs")
			.valueStream()
			.map((run) -> run.path("backup").asString() + " " + run.path("phase").asString())
			.toList();
	}

}
