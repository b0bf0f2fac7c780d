package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.CollectionName;
import org.jspecify.annotations.Nullable;

/**
 * Loads segments of a backup into a collection. A job is all or nothing, but submitting
 * is not idempotent: {@link #submit} is never repeated inside. Thread-safe; every method
 * throws {@link MilvusException}.
 */
public interface BulkImport {

	/**
	 * How many segments one job can take.
	 * @param deletes whether they are L0 segments
	 */
	int mostSegments(boolean deletes);

	/**
	 * Starts an import of segment groups of one partition.
	 * @return the job's id
	 * @throws MilvusException of kind UNKNOWN_OUTCOME when the answer was lost, of any
	 * other kind when the server certainly started nothing
	 */
	long submit(ImportRequest request);

	/**
	 * The state of a job.
	 * @param collection into which it imports
	 * @throws MilvusException of kind NOT_FOUND when the server does not know it
	 */
	ImportJob job(CollectionName collection, long id);

	/**
	 * All import jobs that the server still remembers for the collection.
	 */
	List<ImportJob> jobs(CollectionName collection);

	/**
	 * What to import where.
	 *
	 * @param partition name; empty for the L0 segments of the whole collection only
	 * @param paths for each data segment its insert directory and its delta directory as
	 * Milvus sees them, where an empty second one means no deletes; for each L0 segment
	 * its directory (format.md 8)
	 */
	record ImportRequest(CollectionName collection, String partition, List<String> paths, Options options) {

		public ImportRequest {
			paths = List.copyOf(paths);
		}

		/**
		 * Data segments without further options.
		 */
		public ImportRequest(CollectionName collection, String partition, List<String> paths) {
			this(collection, partition, paths, Options.DATA);
		}

		/**
		 * The paths of each segment, without empty ones.
		 */
		List<List<String>> files() {
			List<List<String>> files = new ArrayList<>();
			int each = this.options.deletes() ? 1 : 2;
			for (int i = 0; i < this.paths.size(); i += each) {
				files.add(this.paths.subList(i, Math.min(i + each, this.paths.size()))
					.stream()
					.filter((path) -> !path.isEmpty())
					.toList());
			}
			return files;
		}

	}

	/**
	 * How to import (behaviour.md D.3).
	 *
	 * @param deletes whether the segments are of level L0
	 * @param storageVersion of all segments, 0 for the first one
	 * @param endTimestamp TSO after which rows and deletes are left out, 0 for none
	 * @param encryption the mapped keys of the database, null for none; a secret
	 */
	record Options(boolean deletes, long storageVersion, long endTimestamp, @Nullable String encryption) {

		/** Data segments of the first storage version. */
		public static final Options DATA = new Options(false, 0, 0, null);

		/**
		 * As the server wants them, name to value.
		 */
		Map<String, String> values() {
			Map<String, String> values = new LinkedHashMap<>();
			values.put(this.deletes ? "l0_import" : "backup", "true");
			values.put("skip_disk_quota_check", "true");
			if (this.endTimestamp > 0) {
				values.put("end_ts", Long.toUnsignedString(this.endTimestamp));
			}
			if (this.storageVersion > 0) {
				values.put("storage_version", Long.toString(this.storageVersion));
			}
			if (this.encryption != null) {
				values.put("ezk", this.encryption);
			}
			return values;
		}

		@Override
		public String toString() {
			return "Options[deletes=" + this.deletes + ", storageVersion=" + this.storageVersion + ", endTimestamp="
					+ Long.toUnsignedString(this.endTimestamp) + ", encryption="
					+ ((this.encryption != null) ? "***" : "none") + "]";
		}

	}

	/**
	 * An import job as the server tells of it.
	 *
	 * @param collection null in the answer of {@link #job}: servers do not tell the
	 * database
	 * @param paths as submitted or deeper, empty when the server does not tell (yet)
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
