package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RunSummary.CollectionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OrderDateTest {

	private final CommandLineHarness cli;

	OrderDateTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
	}

	@ParameterizedTest
	@ValueSource(strings = { "260131", "20260131", "2026-01-31" })
	void everyFormOfTheDateMakesTheSameName(String date) {
		assertThat(this.cli.run("create", "-n", "nightly_{odate}", "--odate", date, "--output", "json")).isZero();
		assertThat(((CreateRequest) this.cli.runs().requests().get(0)).name().value()).isEqualTo("nightly_20260131");
		assertThat(this.cli.json().path("odate").asString()).isEqualTo("20260131");
	}

	@ParameterizedTest
	@ValueSource(strings = { "31.1.2026", "20260231", "yesterday", "2601" })
	void nonsenseIsNoDate(String date) {
		assertThat(this.cli.run("create", "-n", "nightly_{odate}", "--odate", date)).isEqualTo(2);
		assertThat(this.cli.err()).contains("unable to use order date '" + date + "'", "yyyymmdd");
		assertThat(this.cli.runs().wasOpened()).isFalse();
	}

	@Test
	void aNameWithoutTheDateWouldPassForEveryDay() {
		assertThat(this.cli.run("create", "-n", "nightly", "--odate", "260131")).isEqualTo(2);
		assertThat(this.cli.err()).contains("does not contain {odate}", "nightly_{odate}");
	}

	@Test
	void aPlaceWithoutADateIsRefused() {
		assertThat(this.cli.run("restore", "-n", "nightly_{odate}")).isEqualTo(2);
		assertThat(this.cli.err()).contains("there is no order date for {odate}");
	}

	@Test
	void theDateNamesTheRunOfARestore() {
		assertThat(this.cli.run("restore", "-n", "nightly_{odate}", "-s", "_{odate}", "--odate", "260131")).isZero();
		RestoreRequest request = (RestoreRequest) this.cli.runs().requests().get(0);
		assertThat(request.name().value()).isEqualTo("nightly_20260131");
		assertThat(request.suffix()).isEqualTo("_20260131");
		assertThat(request.restoreId()).isEqualTo("20260131");
	}

	@Test
	void withoutADateThereIsNone() {
		assertThat(this.cli.run("create", "-n", "b1", "--output", "json")).isZero();
		assertThat(this.cli.json().path("odate").isNull()).isTrue();
	}

	@Test
	void warningsCanPassForSuccess() {
		this.cli.runs()
			.answering(ExitCode.PARTIAL, new CollectionResult("default.a", CollectionResult.Status.SKIPPED, "gone"));
		assertThat(this.cli.run("create", "-n", "b1")).isEqualTo(3);
		assertThat(this.cli.run("create", "-n", "b1", "--warnings_ok", "--output", "json")).isZero();
		assertThat(this.cli.json().path("exit_code").asInt()).isZero();
		assertThat(this.cli.json().path("status").asString()).isEqualTo("partial");
		assertThat(this.cli.err()).contains("default.a skipped: gone");
		this.cli.runs().answering(ExitCode.FAILED);
		assertThat(this.cli.run("create", "-n", "b1", "--warnings_ok")).isEqualTo(1);
	}

	@Test
	void quietSaysNothingOfASuccessButEverythingOfAFailure() {
		assertThat(this.cli.run("create", "-n", "b1", "--quiet")).isZero();
		assertThat(this.cli.out() + this.cli.err()).isEmpty();
		this.cli.runs().answering(ExitCode.FAILED);
		assertThat(this.cli.run("create", "-n", "b1", "--quiet")).isEqualTo(1);
		assertThat(this.cli.err()).contains("unable to do it: because", "HINT: try something else");
		assertThat(this.cli.run("list", "--quiet")).isZero();
		assertThat(this.cli.out()).contains(">> Backups:");
	}

}
