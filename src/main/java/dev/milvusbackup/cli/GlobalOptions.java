package dev.milvusbackup.cli;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command without a verb; its options may stand before and after the verb.
 */
@Command(name = "milvus-backup", description = "Backs up and restores Milvus collections as restartable jobs.",
		versionProvider = VersionText.class,
		subcommands = { CreateCommand.class, RestoreCommand.class, ListCommand.class, GetCommand.class,
				DeleteCommand.class, ExpireCommand.class, CheckCommand.class, VerifyCommand.class, StatusCommand.class,
				StopCommand.class, JobCommand.class, PurgeCommand.class, ServerCommand.class, ConfigCommand.class },
		commandListHeading = "%nVerbs:%n", optionListHeading = "%nOptions:%n", synopsisSubcommandLabel = "<verb>",
		exitCodeListHeading = Help.EXIT_CODES, exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE, Help.PARTIAL,
				Help.STOPPED, Help.RUNNING, Help.DAMAGED, Help.INCOMPATIBLE, Help.NOT_FOUND })
final class GlobalOptions {

	static final String SET = "--set";

	@Option(names = "--config", paramLabel = "<file>", scope = ScopeType.INHERIT,
			description = "Configuration file (default: backup.yaml, if there is one).")
	@Nullable String config;

	@Option(names = SET, paramLabel = "<key=value>", scope = ScopeType.INHERIT,
			description = "Overrides one key of the configuration; repeatable.")
	List<String> set = new ArrayList<>();

	@Option(names = "--output", paramLabel = "text|json", scope = ScopeType.INHERIT, defaultValue = "text",
			description = "How the result is written to stdout: text or one JSON object.")
	String output = "text";

	@Option(names = { "-q", "--quiet" }, scope = ScopeType.INHERIT,
			description = "Prints nothing when all is well, except what was asked for.")
	boolean quiet;

	@Option(names = "--warnings_ok", scope = ScopeType.INHERIT,
			description = "Exit code 0 instead of 3 when some collections failed or were skipped.")
	boolean warningsOk;

	@Option(names = { "-h", "--help" }, usageHelp = true, scope = ScopeType.INHERIT,
			description = "Shows this help and exits.")
	boolean help;

	@Option(names = { "-V", "--version" }, versionHelp = true, description = "Shows the version and exits.")
	boolean version;

	OutputFormat format() {
		return "json".equals(this.output) ? OutputFormat.json : OutputFormat.text;
	}

	/** What was given instead of a format, null when it is one. */
	@Nullable String outputFile() {
		return List.of("text", "json").contains(this.output) ? null : this.output;
	}

}
