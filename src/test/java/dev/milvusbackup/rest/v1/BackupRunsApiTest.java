package dev.milvusbackup.rest.v1;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of backups when clients, servers and others come and go.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupRunsApiTest {

	private final ServerHarness server;

	private final BackupClient client;

	BackupRunsApiTest(@TempDir Path directory) {
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
	void aRestartedServerKnowsWhatWasMadeBefore() {
		this.client.create("{\"backup_name\":\"good\"}", "request_id", "r-good");
		this.server.target().on(Operation.COPY).fail();
		this.client.create("{\"backup_name\":\"bad\"}", "request_id", "r-bad");
		JsonNode before = this.client.get("backup_name=good").path("data");
		this.server.restart();
		assertThat(this.client.get("backup_name=good").path("data")).isEqualTo(before);
		assertThat(this.client.get("backup_id=r-good").path("data")).isEqualTo(before);
		assertThat(this.client.get("backup_id=r-bad").path("data").path("state_code").asInt()).isEqualTo(3);
	}

	@Test
	void aBackupOfTheCommandLineIsKnownToo() {
		CreateRequest request = new CreateRequest(new BackupName("cli"), CollectionFilter.ALL,
				CreateRequest.Strategy.AUTO);
		this.server.runs().create(request, ProgressListener.NONE);
		JsonNode data = this.client.get("backup_name=cli").path("data");
		assertThat(data.path("state_code").asInt()).isEqualTo(2);
		assertThat(this.client.get("backup_id=" + data.path("id").asString()).path("data")).isEqualTo(data);
	}

	@Test
	void aClientThatDisconnectsCancelsNothing() throws Exception {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		CompletableFuture<Answer> request = CompletableFuture
			.supplyAsync(() -> this.client.create("{\"backup_name\":\"b1\"}", "request_id", "r-4"));
		Awaitility.await().until(hang::reached);
		try (Socket socket = new Socket("localhost", this.server.uri("/").getPort())) {
			socket.getOutputStream()
				.write("POST /api/v1/create HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n{\"backup_name\":\"b2\"}"
					.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
			Awaitility.await()
				.until(() -> this.client.get("backup_name=b2").path("data").path("state_code").asInt() == 1);
			socket.setSoLinger(true, 0);
		}
		hang.release();
		assertThat(request.get(1, TimeUnit.MINUTES).json().has("code")).isFalse();
		assertThat(this.client.awaitEnd("backup_name=b2").path("state_code").asInt()).isEqualTo(2);
	}

	@Test
	void twoAtOnceOfOneNameMakeOneBackup() throws ExecutionException, InterruptedException {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		CompletableFuture<Answer> first = CompletableFuture
			.supplyAsync(() -> this.client.create("{\"backup_name\":\"b1\"}"));
		Awaitility.await().until(hang::reached);
		JsonNode second = this.client.create("{\"backup_name\":\"b1\"}").json();
		assertThat(second.path("code").asInt()).isEqualTo(3);
		assertThat(this.server.delete("/api/v1/delete?backup_name=b1").json().path("code").asInt()).isEqualTo(3);
		hang.release();
		assertThat(first.get().json().has("code")).isFalse();
	}

	@Test
	void tooManyAtOnceAreRefused() {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		for (int number = 1; number <= 3; number++) {
			assertThat(this.client.create("{\"async\":true,\"backup_name\":\"b" + number + "\"}").json().has("code"))
				.isFalse();
		}
		JsonNode refused = this.client.create("{\"async\":true,\"backup_name\":\"b4\"}").json();
		assertThat(refused.path("code").asInt()).isEqualTo(3);
		assertThat(refused.path("msg").asString()).contains("batch.server.maxRuns");
		hang.release();
		assertThat(this.client.awaitEnd("backup_name=b3").path("state_code").asInt()).isEqualTo(2);
	}

	@Test
	void aServerThatEndsStopsItsRunsAndTheNextOneGoesOn() {
		Hang hang = this.server.target().on(Operation.COPY).hang();
		this.client.create("{\"async\":true,\"backup_name\":\"b1\"}");
		Awaitility.await().until(hang::reached);
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(this.server::stop);
		hang.release();
		stopped.join();
		this.server.target().heal();
		this.server.start();
		JsonNode state = this.client.get("backup_name=b1").path("data");
		if (state.path("state_code").asInt() == 3) {
			assertThat(state.path("errorMessage").asString()).contains("stopped");
			assertThat(this.client.create("{\"backup_name\":\"b1\"}").json().has("code")).isFalse();
		}
		assertThat(this.client.get("backup_name=b1").path("data").path("state_code").asInt()).isEqualTo(2);
	}

}
