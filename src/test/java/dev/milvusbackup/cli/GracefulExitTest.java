package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class GracefulExitTest {

	private final Path directory;

	GracefulExitTest(@TempDir Path directory) throws IOException {
		this.directory = directory;
		assertThat(new CommandLineHarness(directory).backupRoot()).exists();
	}

	@Test
	void aSignalStopsTheRunAndTheExitCodeTellsHowItEnded() throws Exception {
		Process process = start("create", "-n", "b", "--output", "json");
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> Files.readString(this.directory.resolve("err")).contains("waiting"));
		process.destroy();
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isEqualTo(4);
		JsonNode json = JsonMapper.shared().readTree(Files.readString(this.directory.resolve("out")));
		assertThat(json.path("status").asString()).isEqualTo("stopped");
		assertThat(Files.readString(this.directory.resolve("err"))).contains("HINT: run the same command again");
	}

	@Test
	void withoutASignalTheExitCodeIsThatOfTheVerb() throws Exception {
		Process process = start("get", "-n", "nowhere");
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isEqualTo(8);
	}

	private Process start(String... args) throws IOException {
		return ChildProcess.start(this.directory, WaitingProgram.class, List.of(), args);
	}

}
