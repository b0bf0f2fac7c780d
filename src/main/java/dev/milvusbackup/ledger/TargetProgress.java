package dev.milvusbackup.ledger;

/**
 * What a restore run has done to one target besides its imports.
 *
 * @param importBaseline id of the newest import job that the server knew of the
 * collection before the run sent its first; -1 before that was asked
 * @param note what the operator should know although the collection is restored, else
 * empty
 */
public record TargetProgress(Creation creation, long importBaseline, String note) {

	/** Nothing done yet. */
	public static final TargetProgress NONE = new TargetProgress(Creation.NONE, -1, "");

	/**
	 * Whose collection the target is.
	 */
	public enum Creation {

		/** The run has not touched it. */
		NONE,
		/** The run is about to create it; durable before the call. */
		CREATING,
		/** The run created it, with its partitions and aliases. */
		CREATED,
		/** It was there before, and the run restores into it. */
		EXISTING

	}

}
