package dev.milvusbackup.restore;

import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.model.Collection;

/**
 * How many rows a query has to find of what a run restored.
 *
 * @param rows exactly so many, or that many at most; -1 when nothing is known
 * @param exact false when deletes or expiry may hide some, and nothing tells how many
 */
record ExpectedRows(long rows, boolean exact) {

	private static final String TIME_TO_LIVE = "collection.ttl.seconds";

	/**
	 * By what the server said of its imports. It leaves out what the delta logs of the
	 * same segments delete; what segments of deletes hit, nobody tells.
	 * @param partitions only in these; empty for all
	 */
	static ExpectedRows ofImports(RestoreRun run, RestoreTarget target, List<String> partitions) {
		try (Stream<PlannedImport> imports = run.ledgers().queue().ofCollection(run.id(), target.name().toString())) {
			return imports
				.filter((planned) -> partitions.isEmpty() || planned.partition().isEmpty()
						|| partitions.contains(planned.partition()))
				.map((planned) -> new ExpectedRows(planned.rowsImported(), planned.order() == ImportOrder.DATA))
				.reduce(new ExpectedRows(0, !expires(target.collection())),
						(one, other) -> new ExpectedRows(one.rows + other.rows, one.exact && other.exact));
		}
	}

	/**
	 * By what the backup says of a snapshot, which counts deleted rows, too.
	 */
	static ExpectedRows ofSnapshot(RestoreRun run, RestoreTarget target) {
		try (Stream<PlannedImport> imports = run.ledgers().queue().ofCollection(run.id(), target.name().toString())) {
			long rows = imports.mapToLong(PlannedImport::rows).sum();
			return new ExpectedRows((rows > 0) ? rows : -1, false);
		}
	}

	/**
	 * Whether Milvus hides rows of a certain age.
	 */
	static boolean expires(Collection collection) {
		return Stream.concat(collection.properties().stream(), collection.schema().properties().stream())
			.anyMatch((property) -> property.key().equals(TIME_TO_LIVE));
	}

}
