package dev.milvusbackup.rest.v1;

import java.nio.file.Path;

import dev.milvusbackup.config.ServerSettings;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.rest.Server;
import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import dev.milvusbackup.rest.ServerParts;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceApiTest {

	private final ServerHarness server;

	ServiceApiTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory).start();
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/api/v1/hello" })
	void itSaysHello(String path) {
		Answer answer = this.server.get(path);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("Hello, This is backup service");
	}

	@Test
	void theRootSaysHelloToAnyMethod() {
		assertThat(this.server.post("/", "x", "Accept", "application/json").body()).startsWith("Hello");
		assertThat(this.server.delete("/").body()).startsWith("Hello");
	}

	@Test
	void aPortInUseIsTold() {
		ServerSettings settings = new ServerSettings("localhost", this.server.uri("/").getPort(),
				new ServerSettings.Access(null, null, null), null, null, 1, "", false);
		ServerParts parts = new ServerParts(this.server.runs(), this.server.settings(), new DefaultStoreConnector(),
				() -> "");
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> Server.start(settings, parts))
			.withMessageContaining("it is in use")
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCode.USAGE));
	}

	@Test
	void aCheckAnswersWithText() {
		Answer answer = this.server.get("/api/v1/check");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("content-type")).startsWith("text/plain");
		assertThat(answer.body()).contains("Success!");
	}

	@Test
	void theDocumentationIsWhereItWas() {
		assertThat(this.server.get("/api/v1/docs/index.html").status()).isEqualTo(302);
		assertThat(this.server.get("/v3/api-docs").json().path("paths").propertyNames()).contains("/api/v1/create",
				"/api/v1/list", "/api/v1/get_backup", "/api/v1/delete", "/api/v1/restore", "/api/v1/get_restore",
				"/api/v1/restore_secondary", "/api/v1/check", "/api/v1/hello");
		assertThat(this.server.get("/swagger-ui/index.html").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/beans", "/debug/pprof/" })
	void nothingForDebuggingIsOpen(String path) {
		assertThat(this.server.get(path).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness" })
	void itTellsItsHealth(String path) {
		assertThat(this.server.get(path).json().path("status").asString()).isEqualTo("UP");
	}

}
