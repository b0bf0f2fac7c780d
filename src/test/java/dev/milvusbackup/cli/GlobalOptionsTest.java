package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GlobalOptionsTest {

	private final CommandLineHarness cli;

	GlobalOptionsTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
	}

	@Test
	void theyMayStandBeforeAndAfterTheVerb() {
		assertThat(this.cli.run("--output", "json", "--set", "milvus.user=one", "check", "--set",
				"milvus.management.endpoint=http://two"))
			.isZero();
		assertThat(this.cli.json().path("configuration").toString()).contains("\"one\"", "\"http://two\"");
	}

	@Test
	void setOfTheGoToolWithCommasWorks() {
		assertThat(this.cli.run("check", "--set", "milvus.user=one,milvus.grpc.port=2")).isZero();
		assertThat(this.cli.out()).containsPattern("milvus.user +one +--set +milvus.user")
			.containsPattern("milvus.grpc.port +2 +--set");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "frobnicate", "list --frobnicate", "list extra", "create -n", "--output xml list",
			"--output json", "delete" })
	void whatIsNotUnderstoodShowsTheUsageOnStderr(String commandLine) {
		String[] args = commandLine.isEmpty() ? new String[0] : commandLine.split(" ");
		assertThat(this.cli.run(args)).isEqualTo(2);
		assertThat(this.cli.err()).contains("Usage: milvus-backup");
		assertThat(this.cli.out().isEmpty()).isEqualTo(!commandLine.contains("json"));
	}

	@Test
	void whatMayHaveBeenMeantIsTold() {
		assertThat(this.cli.run("creat", "-n", "b1")).isEqualTo(2);
		assertThat(this.cli.err()).contains("HINT: did you mean ").contains("create");
		assertThat(this.cli.run("create", "--startegy", "auto")).isEqualTo(2);
		assertThat(this.cli.err()).contains("--strategy").contains("Usage: milvus-backup create");
		for (String missing : new String[] { "migrate -n b1 -c x", "restore secondary -n b1" }) {
			assertThat(this.cli.run(missing.split(" "))).isEqualTo(2);
			assertThat(this.cli.err()).contains("HINT: this program cannot do that; use the Go tool for it");
		}
		assertThat(this.cli.run("list", "extra")).isEqualTo(2);
		assertThat(this.cli.err()).contains("HINT: milvus-backup list --help shows what there is");
	}

	@Test
	void helpIsAVerbToo() {
		assertThat(this.cli.run("help")).isZero();
		assertThat(this.cli.out()).contains("Verbs:");
		assertThat(this.cli.run("help", "config", "migrate")).isZero();
		assertThat(this.cli.out()).contains("Usage: milvus-backup config migrate");
	}

	@Test
	void aUsageErrorIsOneJsonObjectWhenThatWasAskedFor() {
		assertThat(this.cli.run("create", "--output=json", "--frobnicate")).isEqualTo(2);
		assertThat(this.cli.json().path("status").asString()).isEqualTo("usage");
		assertThat(this.cli.json().path("error").path("message").asString()).contains("--frobnicate");
	}

	@ParameterizedTest
	@ValueSource(strings = { "create", "restore", "list", "get", "delete", "check", "verify", "status", "stop", "purge",
			"server", "config show", "config migrate" })
	void theHelpOfEachVerbEndsWithItsExitCodes(String verb) {
		assertThat(this.cli.run((verb + " --help").split(" "))).isZero();
		assertThat(this.cli.out()).contains("Usage: milvus-backup " + verb, "--config", "--set", "--output");
		assertThat(this.cli.out().substring(this.cli.out().indexOf("Exit codes:"))).contains("  0   ", "  2   ")
			.doesNotContain("--");
	}

	@Test
	void theHelpListsTheVerbs() {
		assertThat(this.cli.run("--help")).isZero();
		assertThat(this.cli.out()).contains("create", "restore", "list", "get", "delete", "check", "verify", "status",
				"Exit codes:");
		assertThat(this.cli.err()).isEmpty();
	}

	@Test
	void theVersionIsTold() {
		assertThat(this.cli.run("--version")).isZero();
		assertThat(this.cli.out()).startsWith("milvus-backup ");
	}

	@Test
	void warningsOfTheConfigurationGoToStderr() {
		assertThat(this.cli.run("list", "--set", "milvus.usr=x")).isZero();
		assertThat(this.cli.err()).contains("WARNING: --set milvus.usr has no effect: did you mean 'milvus.user'?");
	}

}
