package dev.milvusbackup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.config.MigratedFile;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Translates a v1 file.
 */
@Command(name = "migrate", sortOptions = false,
		description = "Writes a v1 configuration file as a v2 file: to stdout, or to a file that only its owner may"
				+ " read. The report goes to stderr. --set is ignored; a secret from the environment is not written.",
		optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { "0:Translated.", Help.USAGE })
final class ConfigMigrateCommand implements ConfigVerb {

	@Option(names = "-o", paramLabel = "<file>",
			description = "File to write (default: stdout). --output <file> is the same.")
	@Nullable String output;

	@Option(names = "--force", description = "Replace the file if it exists.")
	boolean force;

	@Option(names = "--strict", description = "Fail, and write nothing, if the result has a problem.")
	boolean strict;

	@Override
	public VerbResult run(ConfigInput input) {
		MigratedFile migrated = input.loader().migrate(input.file());
		if (this.strict && !migrated.problems().isEmpty()) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to migrate '" + migrated.source() + "': " + String.join("; ", migrated.problems()),
					"correct the file, or leave --strict out");
		}
		String file = (this.output != null) ? this.output : input.output();
		boolean toStdout = file == null || "-".equals(file);
		if (!toStdout) {
			PrivateFile.write(input.directory().resolve(file), migrated.yaml(), this.force);
		}
		return result(migrated, toStdout ? null : file);
	}

	private static VerbResult result(MigratedFile migrated, @Nullable String file) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("source", migrated.source());
		fields.put("file", file);
		fields.put("yaml", (file == null) ? migrated.yaml() : null);
		fields.put("notes", migrated.notes());
		fields.put("problems", migrated.problems());
		VerbResult result = VerbResult.complete("config", (file == null) ? migrated.yaml().stripTrailing() : "",
				fields);
		List<String> notes = new ArrayList<>();
		notes.add("Migrated '" + migrated.source() + "' to configVersion v2"
				+ ((file == null) ? "" : ", written to '" + file + "'"));
		migrated.notes().forEach((note) -> notes.add("  - " + note));
		migrated.problems().forEach((problem) -> notes.add("  - PROBLEM: " + problem));
		return new VerbResult(result.exitCode(), result.text(), result.json(), notes);
	}

}
