package dev.milvusbackup.compat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.RunSummary.CollectionResult;
import dev.milvusbackup.launch.RunSummary.CollectionResult.Status;
import dev.milvusbackup.testing.milvus.FakeCollection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One version with all that it can have, backed up and restored.
 */
final class Scenario implements AutoCloseable {

	final World world;

	private final RunSummary created;

	private final RunSummary restored;

	private final Map<String, Integer> callsOfCreate = new HashMap<>();

	Scenario(String version, Program program) {
		this.world = new World(version, program);
		for (Feature feature : Feature.values()) {
			if (feature.support(version) != Feature.Support.NOT_IN_MILVUS) {
				feature.prepare.accept(this.world.source);
			}
		}
		String backup = "of_" + version.replace('.', '_');
		this.created = this.world.create(backup);
		for (String request : List.of("Flush", "FlushAll", "/v2/vectordb/segments/describe")) {
			this.callsOfCreate.put(request, this.world.source.faults().calls(request));
		}
		this.restored = this.world.restore(backup);
	}

	int callsOfCreate(String request) {
		return this.callsOfCreate.get(request);
	}

	/**
	 * The collection is backed up and restored, and holds what it held.
	 */
	void requireEqual(String name) {
		requireSameDescription(name);
		FakeCollection after = this.world.target.find(name);
		assertThat(after.visible()).isEqualTo(this.world.source.find(name).visible());
	}

	/**
	 * The collections are exported and restored by Milvus, and hold what they held.
	 */
	void requireEqualSnapshots(List<String> names) {
		World.requireComplete(this.world.createSnapshots("snapshots", String.join(",", names)));
		assertThat(this.world.source.snapshots().names()).isEmpty();
		World.requireComplete(this.world.restore("snapshots", "_s"));
		for (String name : names) {
			FakeCollection after = this.world.target.find(name + "_s");
			assertThat(after.visible()).as(name).isEqualTo(this.world.source.find(name).visible());
			assertThat(after.description()).isEqualTo(this.world.source.find(name).description());
		}
	}

	void requireSameDescription(String name) {
		assertThat(isReportedRestored(name)).as(this.created + " " + this.restored).isTrue();
		FakeCollection after = this.world.target.find(name);
		assertThat(after).isNotNull();
		assertThat(after.description()).isEqualTo(this.world.source.find(name).description());
	}

	/**
	 * Whether the program says that the collection is backed up and restored.
	 */
	boolean isReportedRestored(String name) {
		return isOk(this.created, name) && isOk(this.restored, name);
	}

	/**
	 * Collections of which the program says that they are restored though rows are
	 * missing, or there that should not be.
	 */
	List<String> falselyReported() {
		return this.restored.collections()
			.stream()
			.filter((collection) -> collection.status() == Status.OK)
			.map(CollectionResult::name)
			.filter((name) -> !this.world.target.find(name).visible().equals(this.world.source.find(name).visible()))
			.toList();
	}

	private static boolean isOk(RunSummary summary, String name) {
		String full = name.contains(".") ? name : "default." + name;
		return summary.collections()
			.stream()
			.anyMatch((collection) -> collection.name().equals(full) && collection.status() == Status.OK);
	}

	@Override
	public void close() {
		this.world.close();
	}

}
