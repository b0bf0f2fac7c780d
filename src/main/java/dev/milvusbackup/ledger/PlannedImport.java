package dev.milvusbackup.ledger;

import java.util.List;

import dev.milvusbackup.model.CollectionName;
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
		long bytes, boolean hasDeletes, Extent extent, State state, @Nullable Long jobId, long rowsImported,
		String reason) {

	public PlannedImport {
		paths = List.copyOf(paths);
	}

	public CollectionName target() {
		return CollectionName.parse(this.collection);
	}

	/**
	 * The same import in another state, with no job.
	 */
	public PlannedImport again(State newState) {
		return new PlannedImport(this.key, this.order, this.collection, this.partition, this.paths, this.rows,
				this.bytes, this.hasDeletes, this.extent, newState, null, 0, "");
	}

	/**
	 * What the server has to be told of the segments.
	 *
	 * @param segments how many there are
	 * @param storageVersion of all of them
	 * @param endTimestamp TSO after which rows and deletes are left out, 0 for none
	 */
	public record Extent(int segments, long storageVersion, long endTimestamp) {

		/** One segment of the first storage version. */
		public static final Extent ONE = new Extent(1, 0, 0);

	}

	/**
	 * Where the import stands. SUBMITTING is durable before the call is made.
	 */
	public enum State {

		PLANNED, SUBMITTING, SUBMITTED, IMPORTED, FAILED

	}

}
