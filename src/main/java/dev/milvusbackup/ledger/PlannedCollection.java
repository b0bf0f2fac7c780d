package dev.milvusbackup.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A collection in the plan of a run.
 *
 * @param name {@code database.collection} in the source; for a restore the target
 * @param description the collection as JSON (the manifest's own codec)
 * @param reason why it failed or was skipped, else empty
 */
public record PlannedCollection(long collectionId, String name, String description, State state, String reason) {

	/**
	 * One for each name: a collection that was dropped and created again is there twice,
	 * and only the one that is planned counts.
	 */
	public static List<PlannedCollection> byName(List<PlannedCollection> all) {
		Map<String, PlannedCollection> byName = new LinkedHashMap<>();
		all.forEach((collection) -> byName.merge(collection.name(), collection,
				(first, second) -> (second.state() == State.PLANNED) ? second : first));
		return List.copyOf(byName.values());
	}

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
