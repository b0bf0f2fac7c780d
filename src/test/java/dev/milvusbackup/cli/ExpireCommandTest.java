package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExpireReport;
import dev.milvusbackup.launch.ExpireRequest;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.manifest.BackupEntry.State;
import dev.milvusbackup.manifest.DatedBackup;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.retention.RetentionPolicy;
import dev.milvusbackup.retention.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class ExpireCommandTest {

	private final CommandLineHarness cli;

	ExpireCommandTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
	}

	@Test
	void theRulesAreHandedOn() {
		assertThat(this.cli.run("expire", "--keep_last", "1", "--keep_daily", "2", "--keep_weekly", "3",
				"--keep_monthly", "4", "--keep_within", "30d", "--prefix", "nightly_", "--grace", "12h", "--apply"))
			.isZero();
		assertThat(this.cli.runs().requests()).containsExactly(new ExpireRequest("nightly_",
				new RetentionPolicy(1, 2, 3, 4, Duration.ofDays(30), Duration.ofHours(12)), true));
	}

	@Test
	void withoutApplyNothingIsToBeDeleted() {
		this.cli.runs().answering(report(ExitCode.COMPLETE, false, outcome("old", true, false, "")));
		assertThat(this.cli.run("expire", "--keep_last", "1")).isZero();
		assertThat(((ExpireRequest) this.cli.runs().requests().get(0)).apply()).isFalse();
		assertThat(this.cli.out()).contains("old").contains("would go").contains("no rule keeps it");
		assertThat(this.cli.err()).contains("nothing was deleted; add --apply");
	}

	@Test
	void whatCouldNotBeDeletedIsNamedAndNoSuccess() {
		this.cli.runs()
			.answering(report(ExitCode.FAILED, true, outcome("kept", false, false, ""), outcome("gone", true, true, ""),
					outcome("stuck", true, false, "unable to delete 'stuck': locked")));
		assertThat(this.cli.run("expire", "--keep_last", "1", "--apply", "--output", "json")).isEqualTo(1);
		JsonNode json = this.cli.json();
		assertThat(json.path("status").asString()).isEqualTo("failed");
		assertThat(json.path("error").path("message").asString())
			.isEqualTo("unable to delete 1 of the backups that expire");
		assertThat(json.path("backups").path(0).path("expires").asBoolean()).isFalse();
		assertThat(json.path("backups").path(1).path("deleted").asBoolean()).isTrue();
		assertThat(json.path("backups").path(2).path("problem").asString()).contains("locked");
		assertThat(this.cli.err()).contains("unable to delete 'stuck': locked");
	}

	@Test
	void quietSaysNothingWhenAllIsWell() {
		this.cli.runs().answering(report(ExitCode.COMPLETE, true, outcome("gone", true, true, "")));
		assertThat(this.cli.run("expire", "--keep_last", "1", "--apply", "--quiet")).isZero();
		assertThat(this.cli.out()).isEmpty();
		assertThat(this.cli.err()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "30", "d", "-1d", "1y", "1.5d", "999999d", "" })
	void nonsenseForAnAgeIsRefused(String age) {
		assertThat(this.cli.run("expire", "--keep_last", "1", "--grace", age)).isEqualTo(2);
		assertThat(this.cli.err()).contains("not an age");
		assertThat(this.cli.runs().requests()).isEmpty();
	}

	@Test
	void aNegativeNumberIsRefused() {
		assertThat(this.cli.run("expire", "--keep_daily=-1")).isEqualTo(2);
		assertThat(this.cli.err()).contains("--keep_daily -1");
		assertThat(this.cli.runs().requests()).isEmpty();
	}

	private static ExpireReport report(ExitCode exitCode, boolean applied, ExpireReport.Outcome... outcomes) {
		return new ExpireReport(exitCode, applied, 3, List.of(outcomes), 0, 0.5, 0);
	}

	private static ExpireReport.Outcome outcome(String name, boolean expires, boolean deleted, String problem) {
		DatedBackup backup = new DatedBackup(new BackupEntry(new BackupName(name), State.COMPLETE, "i", 7, ""),
				Instant.parse("2026-11-01T02:03:04.567Z"), false);
		return new ExpireReport.Outcome(
				new Verdict(backup, expires, List.of(expires ? "no rule keeps it" : "newest good")), deleted, problem);
	}

}
