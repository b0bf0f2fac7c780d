package dev.milvusbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.config.ConfigurationView;
import dev.milvusbackup.launch.ExitCode;
import picocli.CommandLine.Command;

/**
 * Shows the configuration, also one that cannot be used.
 */
@Command(name = "show", description = "Shows every key with its value and where that came from; secrets are masked.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { "0:The configuration can be used.", Help.USAGE })
class ConfigShowCommand implements ConfigVerb {

	@Override
	public VerbResult run(ConfigInput input) {
		ConfigurationView view = input.loader().view(input.file(), input.set());
		List<String> obstacles = view.obstacles();
		boolean usable = obstacles.isEmpty();
		ExitCode exitCode = usable ? ExitCode.COMPLETE : ExitCode.USAGE;
		Map<String, Object> json = VerbResult.head(exitCode, "config");
		json.put("source", view.source());
		json.put("configuration", ConfigurationTable.fields(view.values()));
		json.put("problems", view.problems());
		json.put("unsupported", view.unsupported());
		json.put("warnings", view.warnings());
		json.put("error", usable ? null : VerbResult.error(String.join("; ", obstacles), null));
		return new VerbResult(exitCode, ConfigurationTable.text(view.values()), json, notes(view));
	}

	private static List<String> notes(ConfigurationView view) {
		List<String> notes = new ArrayList<>();
		view.warnings().forEach((warning) -> notes.add("WARNING: " + warning));
		if (!view.obstacles().isEmpty()) {
			notes.add(String.format(Locale.ROOT, "unable to use configuration (%s): %d problem(s)", view.source(),
					view.obstacles().size()));
			view.obstacles().forEach((obstacle) -> notes.add("  - " + obstacle));
		}
		return notes;
	}

}
