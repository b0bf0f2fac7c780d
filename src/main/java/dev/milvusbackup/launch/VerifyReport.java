package dev.milvusbackup.launch;

import java.util.List;

/**
 * What a verification of a backup found.
 *
 * @param objects that the backup's description names
 * @param hashed objects whose content was compared with a checksum, 0 unless deep
 * @param problemCount all problems
 * @param problems the first of them
 */
public record VerifyReport(ExitCode exitCode, String backup, boolean deep, long objects, long bytes, long hashed,
		long problemCount, List<Problem> problems, double seconds) {

	public VerifyReport {
		problems = List.copyOf(problems);
	}

	/**
	 * Something that is not as the backup's description says.
	 */
	public record Problem(String key, String what) {
	}

}
