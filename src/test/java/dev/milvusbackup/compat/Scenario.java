package dev.milvusbackup.compat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.RunSummary.CollectionResult;
import dev.milvusbackup.launch.RunSummary.CollectionResult.Status;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One version with all that it can have, backed up and restored.
 */
final class Scenario implements AutoCloseable {

	final World world;

	private final RunSummary created;

	private final RunSummary restored;

	private final Map<String, Integer> callsOfCreate = new HashMap<>();

	private final String version;

	private final String backup;

	private @Nullable Variants variants;

	Scenario(String version, Program program) {
		this.version = version;
		this.world = new World(version, program);
		for (Feature feature : Feature.values()) {
			if (feature.support(version) != Feature.Support.NOT_IN_MILVUS) {
				feature.prepare.accept(this.world.source);
			}
		}
		this.backup = "of_" + version.replace('.', '_');
		this.created = this.world.create(this.backup);
		for (String request : List.of("Flush", "FlushAll", "/v2/vectordb/segments/describe")) {
			this.callsOfCreate.put(request, this.world.source.faults().calls(request));
		}
		this.restored = this.world.restore(this.backup);
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
	 * A second restore of the same backup, in other ways.
	 */
	Variants variants() {
		if (this.variants == null) {
			this.variants = new Variants(this.world, this.backup, Feature.TRUNCATION.support(this.version));
		}
		return this.variants;
	}

	/**
	 * How the backup describes the collection.
	 */
	Collection described(String name) {
		return this.world.described(this.backup)
			.stream()
			.filter((collection) -> collection.name().name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * A backup without a flush has the rows that were persistent.
	 */
	void requirePersistentOnly(String name, int rows) {
		this.world.source.find(name).insertGrowing("_default", 5);
		int flushes = flushes();
		String persistent = this.backup + "_" + name;
		World.requireComplete(this.world.create(persistent, name, CreateRequest.Strategy.SKIP_FLUSH));
		assertThat(flushes()).isEqualTo(flushes);
		World.requireComplete(this.world.restore(persistent, "_k"));
		assertThat(this.world.target.find(name + "_k").rows()).isEqualTo(rows);
	}

	private int flushes() {
		return this.world.source.faults().calls("Flush") + this.world.source.faults().calls("FlushAll");
	}

	/**
	 * The server makes something else of the collection than it was asked for, and the
	 * restore tells.
	 */
	void requireDamage(String name) {
		this.world.target.spoil(name + "_d", (restored) -> restored.property("collection.ttl.seconds", "1").shards(1));
		RunSummary summary = this.world.restore(this.backup, CollectionFilter.parse(name + "_d"), "_d",
				RestoreDetails.NONE);
		assertThat(summary.exitCode()).as(summary.toString()).isEqualTo(ExitCode.DAMAGED);
		assertThat(summary.message()).contains("default." + name + "_d", "the number of shards is 1 instead of 2",
				"property collection.ttl.seconds is 1 instead of 60");
		assertThat(summary.collections()).extracting(CollectionResult::status).containsExactly(Status.FAILED);
	}

	/**
	 * The collection is neither in the backup nor in the target, and cannot be asked for.
	 */
	void requireLeftOut(String name) {
		assertThat(this.created.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(this.world.described(this.backup)).extracting((collection) -> collection.name().name())
			.isNotEmpty()
			.doesNotContain(name);
		assertThat(this.world.target.find(name)).isNull();
		RunSummary refused = this.world.create(this.backup + "_" + name, name, CreateRequest.Strategy.AUTO);
		assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
		assertThat(refused.message()).contains("it is an external collection");
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
