package dev.milvusbackup.ledger;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One import job of a restore run.
 *
 * @param key unique in the run, stable for equal input
 * @param order imports of a lower number end before those of a higher number begin
 * @param collection target as {@code database.collection}
 * @param partition target partition name
 * @param paths as handed to Milvus
 * @param rows rows that the backup counts in it, deleted ones included
 * @param hasDeletes whether deletes may lower the number of rows
 * @param jobId null before the server answered
 * @param rowsImported as the server reported
 */
public record PlannedImport(String key, int order, String collection, String partition, List<String> paths, long rows,
		long bytes, boolean hasDeletes, State state, @Nullable Long jobId, long rowsImported, String reason) {

	public PlannedImport {
		paths = List.copyOf(paths);
	}

	/**
	 * Where the import stands. SUBMITTING is durable before the call is made.
	 */
	public enum State {

		PLANNED, SUBMITTING, SUBMITTED, IMPORTED, FAILED

	}

}
