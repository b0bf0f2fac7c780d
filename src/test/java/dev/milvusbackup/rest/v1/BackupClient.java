package dev.milvusbackup.rest.v1;

import java.time.Duration;

import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * What a client of the API of the Go tool asks about backups.
 */
record BackupClient(ServerHarness server) {

	Answer create(String body, String... headers) {
		return this.server.post("/api/v1/create", body, headers);
	}

	JsonNode get(String query) {
		return this.server.get("/api/v1/get_backup?" + query).json();
	}

	JsonNode awaitEnd(String query) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> get(query).path("data"), (data) -> data.path("state_code").asInt() >= 2);
	}

}
