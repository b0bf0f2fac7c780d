package dev.milvusbackup.rest;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

import dev.milvusbackup.config.ServerSettings.Access;
import dev.milvusbackup.rest.ServerHarness.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

	private final ServerHarness server;

	AccessTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory).with(new Access("t0ken", "anna", "pass:word")).start();
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/api/v1/list", "/api/v1/hello", "/api/v2/runs", "/v3/api-docs",
			"/swagger-ui/index.html", "/actuator/prometheus", "/nowhere", "/actuator/health/../prometheus",
			"/actuator/health;/../prometheus" })
	void nothingIsOpenWithoutACredential(String path) {
		Answer answer = this.server.get(path);
		assertThat(answer.status()).isIn(400, 401);
		assertThat(answer.body()).doesNotContain("milvus_backup", "data");
	}

	@Test
	void healthIsToldToEverybody() {
		assertThat(this.server.get("/actuator/health/liveness").status()).isEqualTo(200);
		assertThat(this.server.get("/actuator/health/readiness").status()).isEqualTo(200);
	}

	@Test
	void theTokenOrTheUserOpen() {
		assertThat(list("Bearer t0ken")).isEqualTo(200);
		assertThat(list("bearer t0ken")).isEqualTo(200);
		assertThat(list(basic("anna:pass:word"))).isEqualTo(200);
		assertThat(list(basic("anybody:t0ken"))).isEqualTo(200);
	}

	@Test
	void anythingElseDoesNot() {
		assertThat(list("Bearer t0ke")).isEqualTo(401);
		assertThat(list("Bearer ")).isEqualTo(401);
		assertThat(list(basic("anna:t0ke"))).isEqualTo(401);
		assertThat(list(basic("ann:pass:word"))).isEqualTo(401);
		assertThat(list(basic("anna"))).isEqualTo(401);
		assertThat(list("Basic !")).isEqualTo(401);
		assertThat(list("t0ken")).isEqualTo(401);
	}

	@Test
	void theAnswerAsksForACredential() {
		assertThat(this.server.get("/").header("www-authenticate")).contains("Basic", "Bearer");
	}

	@Test
	void anotherSiteCanChangeNothing() {
		assertThat(post("Sec-Fetch-Site", "cross-site")).isEqualTo(403);
		assertThat(post("Sec-Fetch-Site", "same-site")).isEqualTo(403);
		assertThat(post("Origin", "https://evil.example")).isEqualTo(403);
		assertThat(post("Origin", "null")).isEqualTo(403);
		assertThat(post("Origin", "http://localhost:" + this.server.uri("/").getPort())).isEqualTo(400);
		assertThat(post("Sec-Fetch-Site", "same-origin")).isEqualTo(400);
	}

	@Test
	void aServerOfThisMachineOnlyIsCalledLocalhost() throws IOException {
		try (Socket socket = new Socket("localhost", this.server.uri("/").getPort())) {
			socket.getOutputStream()
				.write("GET /api/v1/list HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer t0ken\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 403");
		}
	}

	private int post(String header, String value) {
		return this.server.post("/api/v1/create", "no json", "Authorization", "Bearer t0ken", header, value).status();
	}

	private int list(String authorization) {
		return this.server.get("/api/v1/list", "Authorization", authorization).status();
	}

	private static String basic(String credentials) {
		return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

}
