package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

import dev.milvusbackup.launch.RunProgress;
import dev.milvusbackup.launch.Runs.RunView;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class StatusCommandTest {

	private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

	private final CommandLineHarness cli;

	StatusCommandTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
		this.cli.runs().with(view(2, "b2", RunState.OPEN)).with(view(1, "b1", RunState.COMPLETE));
	}

	@Test
	void showsTheNewestRunsFirst() {
		assertThat(this.cli.run("status")).isZero();
		assertThat(this.cli.outLines()).hasSize(3);
		assertThat(this.cli.outLines().get(0)).startsWith("RUN  KIND");
		assertThat(this.cli.outLines().get(1)).contains("b2", "open/STARTED", "copySegments", "3/4", "1/2",
				START.toString(), "5", "working");
		assertThat(this.cli.outLines().get(2)).contains("b1", "complete/STARTED");
		assertThat(this.cli.runs().isClosed()).isTrue();
	}

	@Test
	void canBeLimited() {
		assertThat(this.cli.run("status", "--limit", "1")).isZero();
		assertThat(this.cli.outLines()).hasSize(2);
		assertThat(this.cli.run("status", "-n", "b1")).isZero();
		assertThat(this.cli.outLines()).hasSize(2).last().asString().contains("b1");
	}

	@Test
	void asJsonItIsOneObject() {
		assertThat(this.cli.run("status", "--output", "json")).isZero();
		JsonNode run = this.cli.json().path("runs").path(0);
		assertThat(run.path("run").asLong()).isEqualTo(2);
		assertThat(run.path("state").asString()).isEqualTo("open");
		assertThat(run.path("status").asString()).isEqualTo("STARTED");
		assertThat(run.path("total_objects").asLong()).isEqualTo(4);
		assertThat(run.path("started").asString()).isEqualTo(START.toString());
	}

	private static RunView view(long id, String backup, RunState state) {
		Run run = new Run(id, new RunIdentity(RunKind.BACKUP, "place", backup), 1, backup, "f", "{}", state, START,
				START, "");
		return new RunView(run, 9, "STARTED", "copySegments", new RunProgress("copySegments", 1, 2, 3, 4), START, 5,
				"working");
	}

}
