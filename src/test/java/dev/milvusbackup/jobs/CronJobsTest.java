package dev.milvusbackup.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CronJobsTest {

	private static final JobCommand TWICE_MORE = new JobCommand("test",
			"/opt/milvus-backup/cron/again.sh 2 0 milvus-backup create", Map.of());

	private final Path directory;

	private final JobHost host;

	CronJobsTest(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.host = new JobHost(directory);
	}

	@Test
	void aSuccessIsSilent() throws Exception {
		assertThat(this.host.run(TWICE_MORE)).isZero();
		assertThat(this.host.output()).isEmpty();
	}

	@Test
	void aFailureThatIsOvercomeIsSilentToo() throws Exception {
		this.host.willExit(1, 5);
		assertThat(this.host.run(TWICE_MORE)).isZero();
		assertThat(this.host.output()).isEmpty();
		assertThat(this.host.calls()).hasSize(3);
	}

	@Test
	void whatKeepsFailingIsToldWithItsExitCode() throws Exception {
		this.host.willExit(1, 1, 1, 1);
		assertThat(this.host.run(TWICE_MORE)).isEqualTo(1);
		assertThat(this.host.output()).contains("told by the program", "exit code 1: milvus-backup create");
		assertThat(this.host.calls()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 6, 7, 8, 143 })
	void whatTryingAgainCannotMendEndsAtOnce(int code) throws Exception {
		this.host.willExit(code);
		assertThat(this.host.run(TWICE_MORE)).isEqualTo(code);
		assertThat(this.host.output()).contains("exit code " + code);
		assertThat(this.host.calls()).hasSize(1);
	}

	@Test
	void nothingIsDeletedAfterABackupThatIsNotGood() throws Exception {
		JobCommand nightly = JobCommand.all()
			.stream()
			.filter((job) -> job.source().equals("cron"))
			.findFirst()
			.orElseThrow();
		this.host.willExit(0, 6);
		assertThat(this.host.run(nightly)).isEqualTo(6);
		assertThat(this.host.calls()).hasSize(2).noneMatch((call) -> call.toString().contains("retention"));
	}

	@Test
	void aSignalStopsTheProgramAndItsExitCodeCounts() throws Exception {
		Path program = this.directory.resolve("opt/bin/slow");
		Files.writeString(program,
				"#!/bin/sh\ntrap 'exit 4' TERM\ntouch '" + this.directory + "/started'\nwhile :; do sleep 0.1; done\n");
		assertThat(program.toFile().setExecutable(true)).isTrue();
		Process process = this.host
			.start(new JobCommand("test", "exec /opt/milvus-backup/cron/again.sh 5 0 slow", Map.of()));
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(this.directory.resolve("started")));
		process.destroy();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isEqualTo(4);
	}

	@Test
	void theCrontabHasAUserAndEscapesPercentSigns() {
		List<String> lines = JobFiles.text("cron/milvus-backup")
			.lines()
			.filter((line) -> line.matches("[0-9*].*"))
			.toList();
		assertThat(lines).hasSize(2)
			.allMatch((line) -> line.matches("(\\S+ ){5}milvus-backup .*"))
			.noneMatch((line) -> line.matches(".*[^\\\\]%.*"));
	}

}
