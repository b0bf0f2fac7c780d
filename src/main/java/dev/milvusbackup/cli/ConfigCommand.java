package dev.milvusbackup.cli;

import picocli.CommandLine.Command;

/**
 * Groups the commands about the configuration.
 */
@Command(name = "config", description = "Shows the configuration, or translates an old one.",
		subcommands = { ConfigShowCommand.class, ConfigMigrateCommand.class }, commandListHeading = "%nVerbs:%n",
		optionListHeading = "%nOptions:%n", synopsisSubcommandLabel = "<verb>", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE })
final class ConfigCommand {

}
