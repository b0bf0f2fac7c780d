package dev.milvusbackup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.launch.BackupDirectory;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.model.CollectionName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows the backups.
 */
@Command(name = "list", description = "Lists the backups below the backup root path.", sortOptions = false,
		optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE })
final class ListCommand implements Verb {

	@Option(names = { "-c", "--collection" }, paramLabel = "<name>",
			description = "Deprecated. Only complete backups that hold this collection.")
	String collection = "";

	@Override
	public VerbResult run(Session session) {
		List<BackupEntry> entries = entries(session);
		String text = Stream.concat(Stream.of(">> Backups:"), entries.stream().map(ListCommand::line))
			.collect(Collectors.joining("\n"));
		return VerbResult.complete("list", text, Map.of("backups", entries.stream().map(ListCommand::fields).toList()));
	}

	private List<BackupEntry> entries(Session session) {
		try (BackupDirectory directory = BackupDirectory.open(session.connectors().stores(),
				session.settings().backupStorage())) {
			if (this.collection.isEmpty()) {
				return directory.list();
			}
			session.warn("--collection is deprecated");
			return directory.listWith(CollectionName.parse(this.collection));
		}
	}

	private static String line(BackupEntry entry) {
		return switch (entry.state()) {
			case COMPLETE -> entry.name().value();
			case INCOMPLETE, DAMAGED -> entry.name() + " (" + entry.state().name().toLowerCase(Locale.ROOT) + ")";
		};
	}

	private static Map<String, Object> fields(BackupEntry entry) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("name", entry.name());
		fields.put("state", entry.state().name().toLowerCase(Locale.ROOT));
		fields.put("id", entry.id());
		fields.put("bytes", entry.bytes());
		fields.put("milvus_version", entry.milvusVersion());
		return fields;
	}

}
