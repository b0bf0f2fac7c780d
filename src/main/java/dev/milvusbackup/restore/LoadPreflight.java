package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.milvusbackup.milvus.MilvusCluster;
import dev.milvusbackup.milvus.MilvusSchema.LoadOptions;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.restore.RestoreException.Kind;

/**
 * Finds out before anything is changed whether the target can load collections as they
 * were: afterwards, all the data would have been restored in vain.
 */
final class LoadPreflight {

	private final MilvusCluster cluster;

	private final RestorePlanRequest request;

	LoadPreflight(MilvusCluster cluster, RestorePlanRequest request) {
		this.cluster = cluster;
		this.request = request;
	}

	/**
	 * @throws RestoreException of kind PREFLIGHT that names all that cannot be loaded
	 */
	void check(List<Collection> targets) {
		Wishes wishes = this.request.details().wishes();
		Load load = wishes.load();
		List<Collection> wanted = targets.stream().filter((target) -> LoadPlan.isWanted(target, load)).toList();
		if (!this.request.options().rebuildIndex() && !this.request.options().skipCreateCollection()) {
			requireNoIndexes(wanted, "--load");
			requireNoIndexes(wishes.count() ? targets : List.of(), "--count_rows");
		}
		if (load == Load.AS_BEFORE && !wanted.isEmpty()) {
			requireNodes(wanted);
		}
	}

	/** Milvus loads no vector without its index. */
	private static void requireNoIndexes(List<Collection> wanted, String option) {
		List<String> indexed = wanted.stream()
			.filter(LoadPreflight::hasVectorIndex)
			.map((target) -> target.name().toString())
			.toList();
		if (!indexed.isEmpty()) {
			throw new RestoreException(Kind.PREFLIGHT,
					"unable to load '" + String.join("', '", indexed)
							+ "': Milvus loads them with their indexes only, which are not to be created",
					"add --rebuild_index, or leave out " + option);
		}
	}

	private static boolean hasVectorIndex(Collection target) {
		Set<String> indexed = target.indexes().stream().map(Index::fieldName).collect(Collectors.toSet());
		return target.schema()
			.fields()
			.stream()
			.filter((field) -> IndexPlan.isVector(field.dataType()))
			.map(Field::name)
			.anyMatch(indexed::contains);
	}

	private void requireNodes(List<Collection> wanted) {
		Map<String, Integer> nodes = this.cluster.resourceGroups();
		List<String> problems = new ArrayList<>();
		for (Collection target : wanted) {
			String problem = problem(LoadPlan.of(target, Load.AS_BEFORE), nodes);
			if (!problem.isEmpty()) {
				problems.add(target.name() + " (" + problem + ")");
			}
		}
		if (!problems.isEmpty()) {
			throw new RestoreException(Kind.PREFLIGHT, "unable to load as before: " + String.join(", ", problems),
					"create the resource groups with enough query nodes, or use --load_anywhere instead of --load");
		}
	}

	/**
	 * @param nodes by resource group; empty when the server has no groups, and does not
	 * tell its nodes
	 */
	private static String problem(LoadOptions options, Map<String, Integer> nodes) {
		List<String> groups = options.resourceGroups();
		int replicas = Math.max(1, options.replicas());
		if (groups.size() > 1 && groups.size() != replicas) {
			return replicas + " replicas were spread unevenly over the resource groups " + String.join(", ", groups);
		}
		List<String> missing = groups.stream().filter((group) -> !nodes.containsKey(group)).toList();
		if (!missing.isEmpty()) {
			return "the target has no resource group " + String.join(", ", missing);
		}
		int each = (groups.size() > 1) ? 1 : replicas;
		for (String group : groups.isEmpty() ? List.of(LoadPlan.DEFAULT_GROUP) : groups) {
			Integer there = nodes.get(group);
			if (there != null && there < each) {
				return each + " replicas need as many query nodes, resource group " + group + " has " + there;
			}
		}
		return "";
	}

}
