package dev.milvusbackup.launch;

import java.util.List;

import dev.milvusbackup.retention.Verdict;

/**
 * What {@code expire} did.
 *
 * @param exitCode FAILED when a backup could not be deleted, STOPPED when told to stop
 * before all were
 * @param run its number, 0 for a dry run
 * @param backups of this execution and of earlier ones of the same run, newest first
 * @param objects deleted by the run, beside the files that describe a backup
 * @param restarts executions before this one
 */
public record ExpireReport(ExitCode exitCode, boolean applied, long run, List<Outcome> backups, long objects,
		double seconds, int restarts) {

	private static final String HINT = "run the same command again";

	public ExpireReport {
		backups = List.copyOf(backups);
	}

	/**
	 * The same as of any run.
	 * @param what the backups that it looked at
	 */
	public RunSummary summary(String what) {
		long bytes = this.backups.stream()
			.filter(Outcome::deleted)
			.mapToLong((outcome) -> outcome.verdict().backup().entry().bytes())
			.sum();
		return new RunSummary("expire", this.exitCode, what, this.run, message(),
				(this.exitCode == ExitCode.COMPLETE) ? null : HINT, List.of(), 0, bytes, 0, 0, this.seconds,
				this.restarts);
	}

	/**
	 * One line for a person.
	 */
	public String message() {
		long deleted = this.backups.stream().filter(Outcome::deleted).count();
		long left = this.backups.stream()
			.filter((outcome) -> outcome.verdict().expires() && !outcome.deleted())
			.count();
		return switch (this.exitCode) {
			case COMPLETE -> this.applied ? "expire deleted " + deleted + " backups" : left + " backups would go";
			case STOPPED -> "unable to delete " + left + " of the backups that expire: stopped";
			default -> "unable to delete " + left + " of the backups that expire";
		};
	}

	/**
	 * What became of a backup.
	 *
	 * @param deleted false also for one that expires, in a dry run
	 * @param problem why it could not be deleted, else empty
	 */
	public record Outcome(Verdict verdict, boolean deleted, String problem) {
	}

}
