package dev.milvusbackup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.config.ConfigValue;
import dev.milvusbackup.launch.CheckReport;
import dev.milvusbackup.launch.CheckService;
import picocli.CommandLine.Command;

/**
 * Tries everything that a backup needs.
 */
@Command(name = "check", description = "Shows the configuration and tries everything that a backup needs.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		subcommands = CheckConfigCommand.class, synopsisSubcommandLabel = "",
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE, Help.INCOMPATIBLE })
final class CheckCommand implements Verb {

	@Override
	public VerbResult run(Session session) {
		CheckReport report = new CheckService(session.connectors().stores(), session.connectors().milvus())
			.check(session.settings());
		List<ConfigValue> values = session.configuration().values();
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("milvus_version", report.milvusVersion());
		fields.put("warnings", report.warnings());
		fields.put("configuration", ConfigurationTable.fields(values));
		return VerbResult.complete("check", text(values, report), fields);
	}

	static String text(List<ConfigValue> values, CheckReport report) {
		String head = "Configuration:\n" + ConfigurationTable.text(values) + "\n\nMilvus version: "
				+ report.milvusVersion() + "\n";
		return head + (report.warnings().isEmpty() ? "Success!"
				: "WARNING: " + String.join("\nWARNING: ", report.warnings()));
	}

}
