package dev.milvusbackup.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;

/**
 * The old names of {@code config show}.
 */
@Command(name = "config", aliases = "backup_yaml", hidden = true, description = "The same as 'config show'.",
		optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { "0:The configuration can be used.", Help.USAGE })
final class CheckConfigCommand extends ConfigShowCommand {

	@Override
	public VerbResult run(ConfigInput input) {
		VerbResult result = super.run(input);
		List<String> notes = new ArrayList<>(List.of("'check config' is an old name: use 'config show'"));
		notes.addAll(result.notes());
		return new VerbResult(result.exitCode(), result.text(), result.json(), notes);
	}

}
