package dev.milvusbackup.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.milvusbackup.launch.BackupDirectory;
import dev.milvusbackup.model.BackupName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows one backup.
 */
@Command(name = "get", description = "Shows what a backup holds, as JSON.", sortOptions = false,
		optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE, Help.DAMAGED, Help.INCOMPATIBLE, Help.NOT_FOUND })
final class GetCommand implements Verb {

	@Option(names = { "-n", "--name" }, required = true, paramLabel = "<name>", description = "Name of the backup.")
	String name = "";

	@Option(names = { "-d", "--detail" }, description = "Deprecated. Everything, with all segments.")
	boolean detail;

	@Override
	public String backup() {
		return this.name;
	}

	@Override
	public VerbResult run(Session session) {
		BackupName backup = new BackupName(this.name);
		String description;
		try (BackupDirectory directory = BackupDirectory.open(session.connectors().stores(),
				session.settings().backupStorage())) {
			description = this.detail ? directory.full(backup) : directory.brief(backup);
		}
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("backup", this.name);
		fields.put("description", new JsonObject.Raw(description));
		return VerbResult.complete("get", description, fields);
	}

}
