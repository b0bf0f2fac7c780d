package dev.milvusbackup.cli;

import java.time.Duration;

import dev.milvusbackup.launch.Ages;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExpireReport;
import dev.milvusbackup.launch.ExpireRequest;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.retention.RetentionPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Deletes the backups that are old enough.
 */
@Command(name = "expire",
		description = "Deletes the backups that no rule keeps; without --apply it only tells which they are.%n"
				+ "The newest good backup, those in use and damaged ones stay in any case.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, "1:Some could not be deleted; the same command tries again.", Help.USAGE,
				Help.STOPPED, Help.RUNNING })
final class ExpireCommand implements Verb {

	@Option(names = "--keep_last", paramLabel = "<n>", description = "Keep the newest n backups.")
	int keepLast;

	@Option(names = "--keep_daily", paramLabel = "<n>",
			description = "Keep the newest backup of each of the last n days that have one (UTC).")
	int keepDaily;

	@Option(names = "--keep_weekly", paramLabel = "<n>", description = "The same for ISO weeks.")
	int keepWeekly;

	@Option(names = "--keep_monthly", paramLabel = "<n>", description = "The same for months.")
	int keepMonthly;

	@Option(names = "--keep_within", paramLabel = "<age>",
			description = "Keep what is not older than the newest backup by more than this: 30d, 4w, 12h.")
	String keepWithin = "";

	@Option(names = "--prefix", paramLabel = "<start>",
			description = "Only the backups whose names begin so (default: all).")
	String prefix = "";

	@Option(names = "--grace", paramLabel = "<age>",
			description = "How long an unfinished backup stays, and a backup that an unfinished restore needs (default: ${DEFAULT-VALUE}).")
	String grace = "7d";

	@Option(names = "--apply", description = "Delete them.")
	boolean apply;

	@Override
	public boolean isSilentWhenQuiet() {
		return true;
	}

	@Override
	public VerbResult run(Session session) {
		ExpireRequest request = new ExpireRequest(this.prefix, policy(), this.apply);
		ExpireReport report = session.runs((runs, listener) -> runs.expire(request, listener));
		return ExpireResult.of(report);
	}

	private RetentionPolicy policy() {
		Duration within = this.keepWithin.isEmpty() ? Duration.ZERO : Ages.parse("--keep_within", this.keepWithin);
		return new RetentionPolicy(count("--keep_last", this.keepLast), count("--keep_daily", this.keepDaily),
				count("--keep_weekly", this.keepWeekly), count("--keep_monthly", this.keepMonthly), within,
				Ages.parse("--grace", this.grace));
	}

	private static int count(String option, int value) {
		if (value < 0) {
			throw new LaunchException(ExitCode.USAGE, "unable to use '" + option + " " + value + "': less than 0",
					"give how many to keep");
		}
		return value;
	}

}
