package dev.milvusbackup.ledger;

/**
 * The snapshot of a collection that a backup run takes in Milvus, and its export.
 *
 * @param collection {@code database.collection} in the source
 * @param server in which it is
 * @param attempt counts the snapshots of the collection, from 1 on; 0 when nobody knows
 * any more how many there were, and all that begin with the name are meant
 * @param held whether the server may have it: durable before it is taken
 * @param createdTimestamp hybrid timestamp, 0 when unknown
 * @param jobId of the export, 0 for none
 * @param metadataPath of the exported description, relative to the backup's directory,
 * empty until then
 * @param rows of the collection, 0 when unknown
 */
public record PlannedSnapshot(long collectionId, String collection, String server, int attempt, String name,
		State state, boolean held, long createdTimestamp, long jobId, String metadataPath, long files, long bytes,
		long rows) {

	/**
	 * One of which nothing is done yet.
	 */
	public static PlannedSnapshot planned(PlannedCollection collection, String server, int attempt, String name) {
		return new PlannedSnapshot(collection.collectionId(), collection.name(), server, attempt, name, State.PLANNED,
				false, 0, 0, "", 0, 0, 0);
	}

	/**
	 * One of a run whose ledger is lost.
	 */
	public static PlannedSnapshot adopted(PlannedCollection collection, String server, String name) {
		return planned(collection, server, 0, name).taking().submitting();
	}

	/**
	 * It is about to be taken.
	 */
	public PlannedSnapshot taking() {
		return with(State.PLANNED, true);
	}

	public PlannedSnapshot taken(long timestamp, long rowCount) {
		return new PlannedSnapshot(this.collectionId, this.collection, this.server, this.attempt, this.name,
				State.TAKEN, this.held, timestamp, 0, "", 0, 0, rowCount);
	}

	public PlannedSnapshot at(long timestamp) {
		return new PlannedSnapshot(this.collectionId, this.collection, this.server, this.attempt, this.name, this.state,
				this.held, timestamp, this.jobId, this.metadataPath, this.files, this.bytes, this.rows);
	}

	/**
	 * Its export is about to be submitted, or may have been.
	 */
	public PlannedSnapshot submitting() {
		return with(State.SUBMITTING, this.held);
	}

	/**
	 * Its export was certainly not submitted.
	 */
	public PlannedSnapshot notSubmitted() {
		return with(State.TAKEN, this.held);
	}

	public PlannedSnapshot submitted(long job) {
		return new PlannedSnapshot(this.collectionId, this.collection, this.server, this.attempt, this.name,
				State.SUBMITTED, this.held, this.createdTimestamp, job, "", 0, 0, this.rows);
	}

	public PlannedSnapshot exported(String path, long fileCount, long byteCount) {
		return new PlannedSnapshot(this.collectionId, this.collection, this.server, this.attempt, this.name,
				State.EXPORTED, this.held, this.createdTimestamp, this.jobId, path, fileCount, byteCount, this.rows);
	}

	/**
	 * The server has it no more.
	 */
	public PlannedSnapshot released() {
		return with(this.state, false);
	}

	private PlannedSnapshot with(State newState, boolean nowHeld) {
		return new PlannedSnapshot(this.collectionId, this.collection, this.server, this.attempt, this.name, newState,
				nowHeld, this.createdTimestamp, this.jobId, this.metadataPath, this.files, this.bytes, this.rows);
	}

	/**
	 * How far it is.
	 */
	public enum State {

		/** Perhaps taken. */
		PLANNED,
		/** Taken, and not being exported. */
		TAKEN,
		/** Perhaps being exported. */
		SUBMITTING,
		/** Being exported by a job that is known. */
		SUBMITTED,
		/** Its export has ended well. */
		EXPORTED

	}

}
