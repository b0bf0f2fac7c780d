package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.milvus.MilvusSchema.LoadOptions;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.RestoreDetails.Load;

/**
 * How a collection is loaded again. Pure.
 */
final class LoadPlan {

	/** Where a server puts replicas when it is not told otherwise. */
	static final String DEFAULT_GROUP = "__default_resource_group";

	/** Everything, as the server likes it. */
	static final LoadOptions ANYWHERE = new LoadOptions(List.of(), 0, List.of());

	private LoadPlan() {
	}

	static boolean isWanted(Collection collection, Load load) {
		return load != Load.NO && collection.loadState() != LoadState.NOT_LOADED;
	}

	/**
	 * The partitions that were loaded; all when all were, or the backup does not tell
	 * which.
	 */
	static LoadOptions of(Collection collection, Load load) {
		List<String> loaded = collection.partitions()
			.stream()
			.filter((partition) -> partition.loadState() != LoadState.NOT_LOADED)
			.map(Partition::name)
			.toList();
		List<String> partitions = (loaded.size() == collection.partitions().size()) ? List.of() : loaded;
		if (load != Load.AS_BEFORE) {
			return new LoadOptions(partitions, 0, List.of());
		}
		return new LoadOptions(partitions, collection.replicas().number(), groups(collection));
	}

	/**
	 * Whether all is loaded that should be. Servers before 2.2.2 say of a collection that
	 * is loaded in part that it is still being loaded.
	 */
	static boolean isLoaded(LoadOptions options, Collection found) {
		boolean whole = options.partitions().isEmpty();
		return (!whole || found.loadState() == LoadState.LOADED) && found.partitions()
			.stream()
			.filter((partition) -> whole || options.partitions().contains(partition.name()))
			.allMatch((partition) -> partition.loadState() == LoadState.LOADED);
	}

	/**
	 * Whether the backup has an index of each vector: Milvus loads no vector without.
	 */
	static boolean isLoadable(Collection collection) {
		return collection.schema()
			.fields()
			.stream()
			.filter((field) -> IndexPlan.isVector(field.dataType()))
			.allMatch((field) -> collection.indexes()
				.stream()
				.anyMatch((index) -> index.fieldName().equals(field.name())));
	}

	/**
	 * Backups of the Go tool say of no partition that it was loaded when not all were.
	 */
	static boolean isGuessed(Collection collection) {
		return collection.partitions().stream().allMatch((partition) -> partition.loadState() == LoadState.NOT_LOADED);
	}

	private static List<String> groups(Collection collection) {
		List<String> groups = collection.replicas().resourceGroups();
		return groups.equals(List.of(DEFAULT_GROUP)) ? List.of() : groups;
	}

}
