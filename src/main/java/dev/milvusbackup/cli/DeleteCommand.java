package dev.milvusbackup.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.milvusbackup.launch.BackupDirectory;
import dev.milvusbackup.model.BackupName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Deletes a backup.
 */
@Command(name = "delete",
		description = "Deletes a backup, or what there is of an unfinished one. Refuses while a process works on it or restores it.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
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
		BackupName backup = new BackupName(this.name);
		if (!deleteUnasked(session, backup)) {
			session.runs((runs, listener) -> {
				runs.delete(backup);
				return backup;
			});
		}
		return VerbResult.complete("delete", "delete backup done", Map.of("backup", this.name));
	}

	/**
	 * Where there is no such backup, or no job repository that could know of a restore,
	 * none is opened: that takes seconds.
	 */
	private static boolean deleteUnasked(Session session, BackupName backup) {
		Path repository = session.settings().repository().directory();
		try (BackupDirectory directory = BackupDirectory.open(session.connectors().stores(),
				session.settings().backupStorage())) {
			boolean unasked = (repository != null && !Files.exists(repository)) || directory.find(backup).isEmpty();
			if (unasked) {
				directory.delete(backup);
			}
			return unasked;
		}
	}

}
