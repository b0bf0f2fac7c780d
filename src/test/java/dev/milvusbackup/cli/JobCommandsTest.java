package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

import dev.milvusbackup.jobs.JobCommand;
import dev.milvusbackup.jobs.JobFiles;
import dev.milvusbackup.jobs.JobHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every command in jobs/ is handed to a real shell, and what reaches the program is
 * understood by it.
 */
class JobCommandsTest {

	private static final String NAME = "nightly_{odate}";

	@TempDir
	Path directory;

	static List<JobCommand> commands() {
		return JobCommand.all();
	}

	@ParameterizedTest
	@MethodSource("commands")
	void whatReachesTheProgramIsUnderstood(JobCommand command) throws IOException, InterruptedException {
		JobHost host = new JobHost(this.directory);
		assertThat(host.run(command)).isZero();
		assertThat(host.calls()).isNotEmpty().allSatisfy((call) -> {
			ParseResult parsed = parse(call);
			assertThat(parsed.subcommand().commandSpec().userObject()).isInstanceOf(Verb.class);
			assertThat(parsed.subcommand().matchedOptionValue("--config", "")).endsWith(".yaml");
			assertThat(parsed.subcommand().matchedOptionValue("--name", NAME)).isIn(NAME, "nightly_" + JobCommand.DATE);
			String date = parsed.subcommand().matchedOptionValue("--odate", JobCommand.DATE);
			assertThat(date).isIn(JobCommand.DATE, today());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "control-m", "autosys", "cron", "systemd/", "kubernetes/" })
	void everySchedulerHasTheNightlyBackupItsVerificationRetentionAndTheDrill(String scheduler)
			throws IOException, InterruptedException {
		JobHost host = new JobHost(this.directory);
		for (JobCommand command : commands()) {
			if (command.source().startsWith(scheduler)) {
				host.run(command);
			}
		}
		assertThat(host.calls()).extracting((call) -> parse(call).subcommand().commandSpec().name())
			.contains("create", "verify", "expire", "restore");
	}

	@Test
	void theDrillNeverGoesIntoProduction() throws IOException, InterruptedException {
		JobHost host = new JobHost(this.directory);
		for (JobCommand command : commands()) {
			if (!command.source().endsWith("job-restore.yaml")) {
				host.run(command);
			}
		}
		assertThat(host.calls()).map((call) -> parse(call).subcommand())
			.filteredOn((verb) -> verb.commandSpec().name().equals("restore"))
			.hasSize(5)
			.allSatisfy((drill) -> {
				assertThat(drill.matchedOptionValue("--config", "")).endsWith("/drill.yaml");
				assertThat(drill.matchedOptionValue("--restore_id", "")).isEqualTo("drill_{odate}");
			});
	}

	@Test
	void everyFileOfTheKitHasCommands() {
		assertThat(commands()).hasSize(4 + 4 + 2 + 4 + 5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nightly.args", "verify.args", "drill.args" })
	void aParameterFileIsUnderstoodAsItIs(String name) {
		ParseResult parsed = parse(List.of("@" + JobFiles.path("parameters/" + name), "--odate", "261127"));
		assertThat(parsed.subcommand().matchedOptionValue("--name", "")).isEqualTo(NAME);
	}

	@Test
	void theKubernetesJobMakesTheOrderDateFromItsName() throws IOException, InterruptedException {
		JobHost host = new JobHost(this.directory);
		JobCommand nightly = commands().stream()
			.filter((command) -> command.source().endsWith("cronjob-nightly.yaml"))
			.findFirst()
			.orElseThrow();
		host.run(nightly);
		assertThat(host.calls().get(0)).contains("create", "--odate", JobCommand.DATE);
	}

	private static ParseResult parse(List<String> arguments) {
		return new CommandLine(new GlobalOptions()).parseArgs(arguments.toArray(String[]::new));
	}

	private static String today() {
		return LocalDate.now().format(DateTimeFormatter.BASIC_ISO_DATE);
	}

}
