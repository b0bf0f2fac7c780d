package dev.milvusbackup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.milvusbackup.config.NearestName;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The parameters of a job, {@code name=value} each, as the options of the verb that does
 * the same. A comma ends a value when another {@code name=} follows it.
 *
 * @param job its name
 * @param values in the order in which they were given
 */
record JobParameters(String job, Map<String, String> values) {

	private static final Pattern NEXT = Pattern.compile(",(?=\\s*\\w+=)");

	/** What Spring Batch writes behind a value: its type, and whether it identifies. */
	private static final Pattern BATCH_SUFFIX = Pattern.compile(",(java\\.[\\w.]+|true|false)(,(true|false))?$");

	/**
	 * @throws LaunchException with exit code 2 when they are of another form
	 */
	static JobParameters parse(String job, List<String> arguments) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String argument : arguments) {
			for (String parameter : NEXT.split(argument)) {
				int end = parameter.indexOf('=');
				if (end < 1) {
					throw unable(job, "'" + parameter + "' is no parameter", "write name=value");
				}
				String name = parameter.substring(0, end).strip();
				String value = parameter.substring(end + 1);
				if (BATCH_SUFFIX.matcher(value).find()) {
					throw unable(job, "'" + parameter + "' names a type, or whether it identifies the job instance",
							"write " + name + "=value only: both are fixed");
				}
				if (values.put(name, value) != null) {
					throw unable(job, "parameter '" + name + "' is given twice", "give it once");
				}
			}
		}
		return new JobParameters(job, values);
	}

	/**
	 * Lets the verb know them.
	 * @throws LaunchException with exit code 2 when it has no such option, or cannot use
	 * a value
	 */
	<T extends Verb> T into(T verb) {
		CommandLine commandLine = new CommandLine(verb);
		List<String> options = new ArrayList<>();
		this.values.forEach((name, value) -> option(commandLine, name, value).ifPresent(options::add));
		try {
			commandLine.parseArgs(options.toArray(String[]::new));
			return verb;
		}
		catch (ParameterException ex) {
			throw unable(this.job,
					String.valueOf(ex.getMessage()).replaceAll("option:? '--(\\w+)(=<\\w+>)?'", "parameter '$1'"),
					"milvus-backup " + commandLine.getCommandName() + " --help describes them as options");
		}
	}

	private Optional<String> option(CommandLine commandLine, String name, String value) {
		OptionSpec option = commandLine.getCommandSpec().findOption("--" + name);
		if (option == null) {
			throw unable(this.job, "there is no parameter '" + name + "'", advice(commandLine, name));
		}
		boolean flag = option.arity().max() == 0;
		if (flag && !value.matches("(?i)true|false")) {
			throw unable(this.job, "parameter '" + name + "' is '" + value + "'", "write true or false");
		}
		if (flag) {
			return Boolean.parseBoolean(value) ? Optional.of("--" + name) : Optional.empty();
		}
		return Optional.of("--" + name + "=" + value);
	}

	private static String advice(CommandLine commandLine, String name) {
		TreeSet<String> names = new TreeSet<>();
		for (OptionSpec option : commandLine.getCommandSpec().options()) {
			names.add(option.longestName().substring(2));
		}
		return NearestName.of(name, names)
			.map((nearest) -> "did you mean '" + nearest + "'?")
			.orElse("there are: " + String.join(", ", names));
	}

	private static LaunchException unable(String job, String cause, String hint) {
		return new LaunchException(ExitCode.USAGE, "unable to start job '" + job + "': " + cause, hint);
	}

}
