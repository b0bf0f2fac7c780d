package dev.milvusbackup.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.ledger.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Removes old runs from the job repository.
 */
@Command(name = "purge", description = "Removes complete runs from the job repository; backups are not touched.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { "0:Done, or shown.", Help.FAILED, Help.USAGE })
final class PurgeCommand implements Verb {

	@Option(names = "--older_than", required = true, paramLabel = "<age>", converter = Age.class,
			description = "Runs that ended longer ago than this: 12h, 90d or 4w.")
	Duration olderThan = Duration.ZERO;

	@Option(names = "--dry_run", description = "Only shows what would be removed.")
	boolean dryRun;

	@Override
	public boolean isSilentWhenQuiet() {
		return !this.dryRun;
	}

	@Override
	public VerbResult run(Session session) {
		List<Run> purged = session.read((runs) -> runs.purge(this.olderThan, this.dryRun));
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("dry_run", this.dryRun);
		fields.put("runs", purged.stream().map(Run::id).toList());
		String text = purged.size() + " runs " + (this.dryRun ? "would be removed" : "removed");
		return VerbResult.complete("purge", text, fields);
	}

}
