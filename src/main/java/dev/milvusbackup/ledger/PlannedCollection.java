package dev.milvusbackup.ledger;

/**
 * A collection in the plan of a run.
 *
 * @param name {@code database.collection} in the source; for a restore the target
 * @param description the collection as JSON (the manifest's own codec)
 * @param reason why it failed or was skipped, else empty
 */
public record PlannedCollection(long collectionId, String name, String description, State state, String reason) {

	/**
	 * Where the collection stands in the run.
	 */
	public enum State {

		/** Its segments are not all known yet. */
		DESCRIBED,
		/** Its segments are in the ledger. */
		PLANNED,
		/** Left out of the result because of an error. */
		FAILED,
		/** Left out of the result because it is gone or cannot be backed up. */
		SKIPPED

	}

}
