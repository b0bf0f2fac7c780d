package dev.milvusbackup.milvus;

import java.util.List;

import dev.milvusbackup.model.CollectionName;
import org.jspecify.annotations.Nullable;

/**
 * Loads segments of a backup into a collection. A job is all or nothing, but submitting
 * is not idempotent: {@link #submit} is never repeated inside. Thread-safe; every method
 * throws {@link MilvusException}.
 */
public interface BulkImport {

	/**
	 * Starts an import of one segment group.
	 * @return the job's id
	 * @throws MilvusException of kind UNKNOWN_OUTCOME when the answer was lost, of any
	 * other kind when the server certainly started nothing
	 */
	long submit(ImportRequest request);

	/**
	 * The state of a job.
	 * @throws MilvusException of kind NOT_FOUND when the server does not know it
	 */
	ImportJob job(long id);

	/**
	 * All import jobs that the server still remembers for the collection.
	 */
	List<ImportJob> jobs(CollectionName collection);

	/**
	 * What to import where.
	 *
	 * @param partition name, never empty for data segments
	 * @param paths the insert directory and the delta directory as Milvus sees them; an
	 * empty second one means no deletes (format.md 8)
	 */
	record ImportRequest(CollectionName collection, String partition, List<String> paths) {

		public ImportRequest {
			paths = List.copyOf(paths);
		}

	}

	/**
	 * An import job as the server tells of it.
	 *
	 * @param collection null in the answer of {@link #job}: servers do not tell the
	 * database
	 * @param paths as submitted, empty when the server does not tell
	 * @param progressPercent 0 to 100
	 * @param rows rows loaded, deleted ones not counted; 0 until completed. A job that
	 * found nothing under its paths is COMPLETED with 0 rows
	 * @param reason of a failure, else empty
	 * @param createdSeconds when it was submitted, seconds since the epoch, 0 when
	 * unknown
	 */
	record ImportJob(long id, State state, @Nullable CollectionName collection, List<String> paths, int progressPercent,
			long rows, String reason, long createdSeconds) {

		public ImportJob {
			paths = List.copyOf(paths);
		}

		/**
		 * Where a job stands.
		 */
		public enum State {

			PENDING, RUNNING, COMPLETED, FAILED

		}

	}

}
