package dev.milvusbackup.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The full plan of a restore: which databases and collections become which (behaviour.md
 * B.6, {@code restorePlan}). A collection may become several.
 *
 * @param filter by names in the target; empty selects everything
 */
public record RestoreMapping(List<DatabaseMapping> databases, CollectionFilter filter) {

	public RestoreMapping {
		databases = List.copyOf(databases);
	}

	/**
	 * A database. Collections of it that are not listed keep their database and name.
	 */
	public record DatabaseMapping(String source, String target, List<CollectionMapping> collections) {

		public DatabaseMapping {
			requireName(source, "source");
			requireName(target, "target");
			collections = List.copyOf(collections);
		}

	}

	/**
	 * A collection.
	 *
	 * @param shards of the target, 0 for as many as in the backup
	 * @param description of the target, null for that of the backup
	 */
	public record CollectionMapping(String source, String target, int shards, @Nullable String description) {

		public CollectionMapping {
			requireName(source, "source");
			requireName(target, "target");
		}

	}

	private static void requireName(String name, String role) {
		if (name.isBlank()) {
			throw new InvalidNameException("unable to use the restore plan: a " + role + " has no name",
					"give each database and collection a source and a target");
		}
	}

}
