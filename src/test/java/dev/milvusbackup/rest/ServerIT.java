package dev.milvusbackup.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import dev.milvusbackup.testing.real.SampleData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged program as a server of its own process, against a real Milvus.
 */
@RequiresReal("milvus-2.3.5")
class ServerIT {

	private static final Pattern SERVING = Pattern.compile("serving on (http://\\S+)");

	private final HttpClient http = HttpClient.newHttpClient();

	private final Path directory;

	private final RealMilvus milvus;

	private String server = "";

	ServerIT(@TempDir Path directory, RealServers servers) {
		this.directory = directory;
		this.milvus = servers.milvus(MilvusVersion.V2_3_5);
	}

	@Test
	void itBacksUpAndRestoresAndEndsWellWhenAsked() throws Exception {
		Process process = start();
		try {
			roundTrip();
			assertThat(send("GET", "/api/v1/check", "").body()).contains("Milvus version: v2.3.5");
			for (String path : List.of("/v3/api-docs", "/swagger-ui/index.html", "/actuator/prometheus",
					"/actuator/health/readiness", "/console/runs")) {
				assertThat(send("GET", path, "").status()).as(path).isEqualTo(200);
			}
			assertThat(send("GET", "/actuator/prometheus", "").body())
				.contains("milvus_backup_storage_requests_total{operation=\"copy\"}");
		}
		finally {
			process.destroy();
		}
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isZero();
	}

	private void roundTrip() throws Exception {
		String collection = "served";
		try (SampleData data = new SampleData(this.milvus)) {
			data.textKey("default", collection, 60);
		}
		JsonNode created = json("POST", "/api/v1/create",
				"{\"backup_name\":\"b1\",\"collection_names\":[\"" + collection + "\"]}");
		assertThat(created.path("data").path("state_code").asInt()).as(created.toString()).isEqualTo(2);
		assertThat(json("GET", "/api/v1/list", "").path("data").get(0).path("name").asString()).isEqualTo("b1");
		JsonNode restored = json("POST", "/api/v1/restore",
				"{\"async\":true,\"id\":\"r1\",\"backup_name\":\"b1\",\"collection_suffix\":\"_back\"}");
		assertThat(restored.path("data").path("id").asString()).as(restored.toString()).isEqualTo("r1");
		JsonNode data = Awaitility.await()
			.atMost(Duration.ofMinutes(3))
			.until(() -> json("GET", "/api/v1/get_restore?id=r1", "").path("data"),
					(task) -> task.path("state_code").asInt() >= 2);
		assertThat(data.path("state_code").asInt()).as(data.toString()).isEqualTo(2);
		assertThat(data.path("collection_restore_tasks").get(0).path("target_collection_name").asString())
			.isEqualTo(collection + "_back");
		assertThat(json("DELETE", "/api/v1/delete?backup_name=b1", "").path("msg").asString()).isEqualTo("success");
	}

	private Process start() throws IOException {
		Files.createDirectories(this.directory.resolve("backups"));
		Files.writeString(this.directory.resolve("backup.yaml"), """
				configVersion: v2
				log: {console: true, file: {path: ""}}
				milvus:
				  grpc: {address: "%s", port: %d}
				  management: {endpoint: "http://%s:%d"}
				  storage: {provider: local, rootPath: "%s"}
				backup: {storage: {provider: local, rootPath: "%s"}}
				batch: {repository: {directory: "%s"}, server: {address: localhost}}
				""".formatted(this.milvus.host(), this.milvus.port(), this.milvus.host(), this.milvus.managementPort(),
				this.milvus.rootPath(), this.directory.resolve("backups"), this.directory.resolve("repository")));
		Path log = this.directory.resolve("server.log");
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		Process process = new ProcessBuilder(java, "-Xmx256m", "-jar", System.getProperty("it.jar"), "server", "-p",
				"0")
			.directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		this.server = Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> address(Files.readString(log)), (found) -> !found.isEmpty());
		return process;
	}

	private static String address(String log) {
		Matcher serving = SERVING.matcher(log);
		return serving.find() ? serving.group(1) : "";
	}

	private JsonNode json(String method, String path, String body) throws IOException, InterruptedException {
		return JsonMapper.shared().readTree(send(method, path, body).body());
	}

	private Answer send(String method, String path, String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.server + path))
			.method(method, BodyPublishers.ofString(body))
			.timeout(Duration.ofMinutes(3))
			.build();
		HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
		return new Answer(response.statusCode(), response.body());
	}

	private record Answer(int status, String body) {
	}

}
