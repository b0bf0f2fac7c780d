package dev.milvusbackup.launch;

import java.util.List;

import dev.milvusbackup.retention.Verdict;

/**
 * What {@code expire} did.
 *
 * @param exitCode FAILED when a backup could not be deleted, STOPPED when told to stop
 * before all were
 * @param backups newest first
 * @param objects deleted, beside the files that describe a backup
 */
public record ExpireReport(ExitCode exitCode, boolean applied, List<Outcome> backups, long objects, double seconds) {

	public ExpireReport {
		backups = List.copyOf(backups);
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
