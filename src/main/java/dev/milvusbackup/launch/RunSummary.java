package dev.milvusbackup.launch;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a run ended: the one thing that a scheduler or a person is told.
 *
 * @param action {@code backup}, {@code restore}, {@code verify}
 * @param message one line for a person: what happened, or the error
 * @param hint what to do next, null when there is nothing to do
 * @param notes what a person should know of the run, however it ended
 * @param collections all collections of the run
 * @param rows as the source counted them, deleted ones included
 * @param objectsCopied copied by this execution
 * @param objectsReused copied by earlier executions of the same run
 * @param seconds wall time of this execution
 * @param restarts executions before this one
 */
public record RunSummary(String action, ExitCode exitCode, String backup, long run, String message,
		@Nullable String hint, List<String> notes, List<CollectionResult> collections, long rows, long bytes,
		long objectsCopied, long objectsReused, double seconds, int restarts) {

	/**
	 * A run of which there is nothing to note.
	 */
	public RunSummary(String action, ExitCode exitCode, String backup, long run, String message, @Nullable String hint,
			List<CollectionResult> collections, long rows, long bytes, long objectsCopied, long objectsReused,
			double seconds, int restarts) {
		this(action, exitCode, backup, run, message, hint, List.of(), collections, rows, bytes, objectsCopied,
				objectsReused, seconds, restarts);
	}

	public RunSummary {
		notes = List.copyOf(notes);
		collections = List.copyOf(collections);
	}

	/**
	 * A collection in the result.
	 *
	 * @param name {@code database.collection}; for a restore the target
	 * @param reason why it failed or was skipped, else empty
	 * @param note what a person should know of it nevertheless, else empty
	 */
	public record CollectionResult(String name, Status status, String reason, String note) {

		public CollectionResult(String name, Status status, String reason) {
			this(name, status, reason, "");
		}

		/**
		 * How it went.
		 */
		public enum Status {

			OK, FAILED, SKIPPED

		}

	}

}
