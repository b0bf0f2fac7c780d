package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.manifest.ManifestCodec;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;

/**
 * The targets of a plan, each with a number of its own. Pure.
 */
final class PlannedTargets {

	private final List<Long> ids = new ArrayList<>();

	private final List<Collection> targets = new ArrayList<>();

	/**
	 * The first target of a collection has the collection's id, others one that no server
	 * gives. An alias goes to the first target in a database.
	 */
	PlannedTargets(List<Chosen> chosen, TargetShape shape) {
		Set<Long> sources = new HashSet<>();
		Set<CollectionName> aliases = new HashSet<>();
		for (Chosen each : chosen) {
			Collection source = each.backup().collection();
			List<String> free = source.aliases()
				.stream()
				.filter((alias) -> aliases.add(new CollectionName(each.target().database(), alias)))
				.toList();
			this.ids.add(sources.add(source.id()) ? source.id() : Long.MAX_VALUE - this.ids.size());
			this.targets.add(shape.of(source, each.target(), free));
		}
	}

	List<Collection> all() {
		return List.copyOf(this.targets);
	}

	/**
	 * As the ledger has them.
	 * @param problems by the collection's id in the backup
	 */
	List<PlannedCollection> inState(State state, Map<Long, String> problems) {
		List<PlannedCollection> planned = new ArrayList<>();
		for (int i = 0; i < this.targets.size(); i++) {
			Collection target = this.targets.get(i);
			String problem = problems.getOrDefault(target.id(), "");
			planned.add(new PlannedCollection(this.ids.get(i), target.name().toString(), ManifestCodec.toJson(target),
					problem.isEmpty() ? state : State.SKIPPED, problem));
		}
		return planned;
	}

}
