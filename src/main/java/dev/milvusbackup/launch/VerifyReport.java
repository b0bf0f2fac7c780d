package dev.milvusbackup.launch;

import java.util.List;

import dev.milvusbackup.ledger.VerifyProgress.FoundProblem;

/**
 * What a verification of a backup found.
 *
 * @param exitCode DAMAGED when there are problems, STOPPED when told to stop before the
 * end
 * @param run its number
 * @param objects that the backup's description names
 * @param hashed objects whose content was compared with a checksum, 0 unless deep
 * @param problemCount all problems
 * @param problems the first of them
 * @param restarts executions before this one
 */
public record VerifyReport(ExitCode exitCode, long run, String backup, boolean deep, long objects, long bytes,
		long hashed, long problemCount, List<FoundProblem> problems, double seconds, int restarts) {

	public VerifyReport {
		problems = List.copyOf(problems);
	}

	/**
	 * One line for a person.
	 */
	public String message() {
		return switch (this.exitCode) {
			case COMPLETE -> "verify " + this.backup + " is complete";
			case STOPPED -> "verify " + this.backup + " was stopped";
			default -> "unable to verify backup '" + this.backup + "': " + this.problemCount + " problems in "
					+ this.objects + " objects";
		};
	}

	/**
	 * What to do next, empty when there is nothing to do.
	 */
	public String hint() {
		return switch (this.exitCode) {
			case COMPLETE -> "";
			case STOPPED -> "run the same command again to go on";
			default -> "make a new backup while the source still exists";
		};
	}

	/**
	 * The same as of any run.
	 */
	public RunSummary summary() {
		return new RunSummary("verify", this.exitCode, this.backup, this.run, message(),
				hint().isEmpty() ? null : hint(), List.of(), 0, this.bytes, 0, 0, this.seconds, this.restarts);
	}

}
