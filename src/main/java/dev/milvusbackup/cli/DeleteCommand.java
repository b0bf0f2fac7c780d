package dev.milvusbackup.cli;

import java.util.Map;

import dev.milvusbackup.launch.BackupDirectory;
import dev.milvusbackup.model.BackupName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Deletes a backup.
 */
@Command(name = "delete", description = "Deletes a backup, or what there is of an unfinished one.", sortOptions = false,
		optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE, Help.RUNNING, Help.NOT_FOUND })
final class DeleteCommand implements Verb {

	@Option(names = { "-n", "--name" }, required = true, paramLabel = "<name>", description = "Name of the backup.")
	String name = "";

	@Override
	public String backup() {
		return this.name;
	}

	@Override
	public boolean isSilentWhenQuiet() {
		return true;
	}

	@Override
	public VerbResult run(Session session) {
		try (BackupDirectory directory = BackupDirectory.open(session.connectors().stores(),
				session.settings().backupStorage())) {
			directory.delete(new BackupName(this.name));
		}
		return VerbResult.complete("delete", "delete backup done", Map.of("backup", this.name));
	}

}
