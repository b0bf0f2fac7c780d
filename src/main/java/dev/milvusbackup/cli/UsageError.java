package dev.milvusbackup.cli;

import java.util.List;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line that is not understood: what is wrong with it, and what may have been
 * meant.
 */
final class UsageError {

	/** Verbs of the Go tool that there are not here. */
	private static final List<String> MISSING = List.of("migrate", "l0compact", "secondary");

	private final ParameterException failure;

	UsageError(ParameterException failure) {
		this.failure = failure;
	}

	VerbResult result() {
		return VerbResult.error(commandLine().getCommandName(), "", ExitCode.USAGE,
				new LaunchException(ExitCode.USAGE, this.failure.getMessage(), hint()));
	}

	/**
	 * The synopsis, so that the error stays in sight; everything where nothing was asked
	 * for.
	 */
	String usage(boolean nothingAskedFor) {
		if (nothingAskedFor) {
			return commandLine().getUsageMessage();
		}
		CommandLine.Help help = commandLine().getHelp();
		return help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength());
	}

	private String hint() {
		String help = commandLine().getCommandSpec().qualifiedName() + " --help shows what there is";
		if (!(this.failure instanceof UnmatchedArgumentException unmatched)) {
			return help;
		}
		if (unmatched.getUnmatched().stream().anyMatch(MISSING::contains)) {
			return "this program cannot do that; use the Go tool for it";
		}
		List<String> meant = unmatched.getSuggestions();
		return meant.isEmpty() ? help : "did you mean " + String.join(" or ", meant) + "?";
	}

	private CommandLine commandLine() {
		return this.failure.getCommandLine();
	}

}
