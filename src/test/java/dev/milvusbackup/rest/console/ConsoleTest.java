package dev.milvusbackup.rest.console;

import java.nio.file.Path;

import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {

	private final ServerHarness server;

	ConsoleTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory).start();
		this.server.milvus().collection("books").insertSegment("_default", 10);
	}

	@BeforeAll
	void create() {
		this.server.post("/api/v1/create", "{\"backup_name\":\"b1\"}");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/console", "/console/new", "/console/expire", "/console/runs", "/console/runs/1",
			"/console/backups/b1", "/console/backups/b1/restore", "/console/backups/b1/delete" })
	void everyPageIsHtmlThatLetsNothingInFromElsewhere(String path) {
		Answer page = this.server.get(path, "Accept", "text/html");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("content-type")).startsWith("text/html");
		assertThat(page.header("content-security-policy")).contains("default-src 'none'", "frame-ancestors 'none'");
		assertThat(page.body()).contains("<h1>").doesNotContain("http://", "https://");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console/console.css", "/console/console.js", "/console/icon.svg" })
	void whatThePagesNeedIsHere(String path) {
		assertThat(this.server.get(path).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console/new", "/console/expire", "/console/backups/b1/restore",
			"/console/backups/b1/verify", "/console/backups/b1/delete" })
	void aFormOfAnotherSiteDoesNothing(String path) {
		for (String body : new String[] { "name=b2", "name=b2&token=guessed" }) {
			Answer answer = this.server.post(path, body, "Content-Type", "application/x-www-form-urlencoded");
			assertThat(answer.status()).isEqualTo(403);
		}
		assertThat(this.server.get("/api/v1/list").json().path("data").size()).isOne();
	}

	@Test
	void whatIsNotThereHasAPageThatSaysSo() {
		Answer backup = this.server.get("/console/backups/no", "Accept", "text/html");
		assertThat(backup.status()).isEqualTo(404);
		assertThat(backup.body()).contains("there is no such backup");
		assertThat(this.server.get("/console/runs/99", "Accept", "text/html").status()).isEqualTo(404);
		assertThat(this.server.get("/console/backups/a%20b", "Accept", "text/html").status()).isEqualTo(400);
		assertThat(this.server.get("/console/nowhere", "Accept", "text/html").status()).isEqualTo(404);
	}

	@Test
	void namesAreNotTakenForMarkup() {
		Answer page = this.server.get("/console/backups/%3Cscript%3E", "Accept", "text/html");
		assertThat(page.status()).isEqualTo(400);
		assertThat(page.body()).doesNotContain("<script>").contains("&lt;script&gt;");
	}

}
