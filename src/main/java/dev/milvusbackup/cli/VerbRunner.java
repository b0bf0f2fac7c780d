package dev.milvusbackup.cli;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.config.Configuration;
import dev.milvusbackup.config.SettingsLoader;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExitCodes;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunLog;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Parses the command line, runs the verb and prints what it tells. Knows no verb.
 */
final class VerbRunner {

	private final Connectors connectors;

	private final Surroundings surroundings;

	private final GlobalOptions options = new GlobalOptions();

	VerbRunner(Connectors connectors, Surroundings surroundings) {
		this.connectors = connectors;
		this.surroundings = surroundings;
	}

	int run(String... args) {
		CommandLine commandLine = new CommandLine(this.options);
		try {
			ParseResult parsed = commandLine.parseArgs(helpAsOption(args));
			if (help(parsed)) {
				return ExitCode.COMPLETE.code();
			}
			return runVerb(last(parsed), settings(parsed));
		}
		catch (ParameterException ex) {
			return usage(ex, args);
		}
	}

	/**
	 * {@code help create} is {@code create --help}.
	 */
	private static String[] helpAsOption(String... args) {
		if (args.length == 0 || !"help".equals(args[0])) {
			return args;
		}
		String[] asked = Arrays.copyOfRange(args, 1, args.length + 1);
		asked[args.length - 1] = "--help";
		return asked;
	}

	/**
	 * Those before and those after the verb; the option's own field holds the last ones
	 * only.
	 */
	private static List<String> settings(ParseResult parsed) {
		return parsed.asCommandLineList()
			.stream()
			.map(CommandLine::getParseResult)
			.filter((part) -> part.hasMatchedOption(GlobalOptions.SET))
			.flatMap((part) -> part.matchedOption(GlobalOptions.SET).stringValues().stream())
			.toList();
	}

	private int runVerb(CommandLine verb, List<String> set) {
		Object command = verb.getCommandSpec().userObject();
		String file = this.options.outputFile();
		if (file != null && !(command instanceof ConfigMigrateCommand)) {
			throw new ParameterException(verb,
					"Invalid value for option '--output': expected text or json but was '" + file + "'");
		}
		VerbResult result;
		if (command instanceof ConfigVerb config) {
			result = result(verb.getCommandName(), () -> "", () -> config
				.run(new ConfigInput(loader(), this.options.config, set, file, this.surroundings.directory())));
		}
		else if (command instanceof Verb work) {
			result = result(work.action(verb.getCommandName()), work::backup, () -> run(work, set))
				.withOrderDate(work.orderDate())
				.printed(!this.options.quiet || !work.isSilentWhenQuiet());
		}
		else {
			throw new ParameterException(verb, "unable to do anything: a verb is missing");
		}
		if (this.options.warningsOk) {
			result = result.withoutWarning();
		}
		print(result, this.options.format());
		return result.exitCode().code();
	}

	private VerbResult run(Verb work, List<String> set) {
		Map<String, Object> marks = new LinkedHashMap<>();
		marks.put("request", newId());
		if (!work.orderDate().isEmpty()) {
			marks.put("odate", work.orderDate());
		}
		return RunLog.with(marks, () -> work.run(session(set)));
	}

	/**
	 * Tells the lines of this command from all others in the log, before it has a run
	 * too.
	 */
	private static String newId() {
		return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()).substring(0, 12);
	}

	private Session session(List<String> set) {
		Configuration configuration = loader().load(this.options.config, set);
		Session session = new Session(configuration, this.connectors, this.surroundings, this.options.quiet);
		configuration.warnings().forEach(session::warn);
		return session;
	}

	private SettingsLoader loader() {
		return new SettingsLoader(this.surroundings.environment(), this.surroundings.directory());
	}

	private static VerbResult result(String name, Supplier<String> backup, Supplier<VerbResult> work) {
		try {
			return work.get();
		}
		catch (BackupException ex) {
			return VerbResult.error(name, backup.get(), ExitCodes.of(ex), ex);
		}
		catch (RuntimeException ex) {
			LoggerFactory.getLogger(VerbRunner.class).error("{} ended unexpectedly", name, ex);
			ExitCode exitCode = ExitCodes.of(ex);
			return VerbResult.error(name, backup.get(), exitCode,
					new LaunchException(exitCode, "unable to " + name + ": unexpected " + ex,
							"this is a mistake in milvus-backup; the log file has the details"));
		}
	}

	private boolean help(ParseResult parsed) {
		CommandLine asked = last(parsed);
		if (asked.isUsageHelpRequested()) {
			asked.usage(this.surroundings.out());
			return true;
		}
		if (parsed.isVersionHelpRequested()) {
			asked.printVersionHelp(this.surroundings.out());
			return true;
		}
		return false;
	}

	private int usage(ParameterException ex, String... args) {
		UsageError error = new UsageError(ex);
		print(error.result(), requestedFormat(args));
		this.surroundings.err().print(error.usage(args.length == 0));
		return ExitCode.USAGE.code();
	}

	private void print(VerbResult result, OutputFormat format) {
		result.notes().forEach(this.surroundings.err()::println);
		if (format == OutputFormat.json) {
			this.surroundings.out().println(JsonObject.write(result.json()));
		}
		else if (!result.text().isEmpty()) {
			this.surroundings.out().println(result.text());
		}
	}

	/** What was asked for on a command line that could not be parsed. */
	private static OutputFormat requestedFormat(String... args) {
		List<String> all = Arrays.asList(args);
		int option = all.indexOf("--output");
		boolean json = all.contains("--output=json")
				|| (option >= 0 && option + 1 < all.size() && "json".equals(all.get(option + 1)));
		return json ? OutputFormat.json : OutputFormat.text;
	}

	private static CommandLine last(ParseResult parsed) {
		List<CommandLine> commandLines = parsed.asCommandLineList();
		return commandLines.get(commandLines.size() - 1);
	}

}
