package dev.milvusbackup.compat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import dev.milvusbackup.compat.Feature.Support;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.RestoreMapping.CollectionMapping;
import dev.milvusbackup.model.RestoreMapping.DatabaseMapping;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeEntry;
import dev.milvusbackup.testing.milvus.FakeMilvus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Some collections of a backup restored by a plan, with all that only some restores ask
 * for, beside what a first restore has made of them.
 */
final class Variants {

	private final World world;

	/**
	 * @param truncation whether the version can leave out rows
	 */
	Variants(World world, String backup, Support truncation) {
		this.world = world;
		boolean truncate = truncation == Support.WORKS;
		List<CollectionMapping> plan = List.of(map("several", "several_a"), map("several", "several_b"),
				map("wanderer", "wanderer_m"));
		String filter = "several_a,several_b,wanderer_m";
		if (truncate) {
			plan = List.of(plan.get(0), plan.get(1), plan.get(2), map("truncated", "truncated_t"));
			filter += ",truncated_t";
		}
		RestoreMapping mapping = new RestoreMapping(List.of(new DatabaseMapping("default", "default", plan)),
				CollectionFilter.parse(filter));
		World.requireComplete(world.restore(backup, CollectionFilter.ALL, "",
				new RestoreDetails(mapping, 0, SkipParams.NONE, truncate, new Wishes(false, Load.NO, true, false))));
	}

	/**
	 * The target holds what the collection holds at the source.
	 */
	void requireEqual(String source, String target) {
		assertThat(find(this.world.target, target).visible()).isEqualTo(find(this.world.source, source).visible());
	}

	/**
	 * The keys of the rows in the target.
	 */
	Set<Long> keys(String target) {
		Set<Long> keys = new TreeSet<>();
		find(this.world.target, target).visible()
			.values()
			.forEach((rows) -> rows.stream().map(FakeEntry::key).forEach(keys::add));
		return keys;
	}

	@SuppressWarnings("unchecked")
	Set<String> aliases(String target) {
		return (Set<String>) find(this.world.target, target).description().get("aliases");
	}

	private static CollectionMapping map(String source, String target) {
		return new CollectionMapping(source, target, 0, null);
	}

	private static FakeCollection find(FakeMilvus server, String name) {
		return Objects.requireNonNull(server.find(CollectionName.parse(name).toString()), name);
	}

}
