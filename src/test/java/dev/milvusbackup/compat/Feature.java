package dev.milvusbackup.compat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import dev.milvusbackup.testing.milvus.FakeSchemas;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is tried with every version that can have it: each feature prepares something on
 * the server, everything is backed up and restored once, then each looks at what came of
 * its own.
 */
enum Feature {

	ROWS("rows in several partitions and segments", "2.2.0", null, Feature::rows,
			(scenario) -> scenario.requireEqual("rows")),

	DELTA_LOGS("deletes in delta logs", "2.2.0", null, (server) -> {
		server.collection("delta_logs").insertSegment("_default", 1200, 5);
	}, (scenario) -> scenario.requireEqual("delta_logs")),

	L0_PARTITION("deletes in L0 segments of a partition", "2.4.0", null, (server) -> {
		FakeCollection collection = server.collection("l0_partition");
		collection.history().insert("_default", 1, 2, 3);
		collection.history().insert("p", 1, 2);
		collection.history().flush();
		collection.history().delete("p", 2);
	}, (scenario) -> scenario.requireEqual("l0_partition")),

	L0_COLLECTION("deletes in L0 segments of a collection, updates", "2.4.0", null, (server) -> {
		FakeCollection collection = server.collection("l0_collection");
		collection.history().insert("_default", 1, 2, 3);
		collection.history().insert("p", 4, 5);
		collection.history().flush();
		collection.history().delete(null, 2, 5);
		collection.history().upsert("_default", 1);
	}, (scenario) -> scenario.requireEqual("l0_collection")),

	COLUMN_GROUPS("storage version 2 and older segments in one collection", "2.6.0", null, (server) -> {
		FakeCollection collection = server.collection("column_groups");
		collection.insertSegment("_default", 30);
		collection.withoutColumnGroups().insertSegment("_default", 20);
	}, (scenario) -> scenario.requireEqual("column_groups")),

	DATABASES("databases", "2.2.9", null, (server) -> server.collection("shop.goods").insertSegment("_default", 7),
			(scenario) -> scenario.requireEqual("shop.goods")),

	DYNAMIC_FIELD("dynamic field", "2.2.9", null,
			(server) -> server.create("dynamic_field", FakeSchemas.dynamic()).insertSegment("_default", 7),
			(scenario) -> scenario.requireEqual("dynamic_field")),

	PARTITION_KEY("partition key", "2.2.9", null, (server) -> {
		FakeCollection collection = server.createPartitioned("partition_key", FakeSchemas.partitioned(), 3);
		collection.insertSegment("_default_1", 7);
		collection.insertSegment("_default_2", 8);
	}, (scenario) -> scenario.requireEqual("partition_key")),

	RICH_SCHEMA("nullable fields, default values, functions", "2.5.0", null,
			(server) -> server.create("rich_schema", Schemas.rich()).insertSegment("_default", 7),
			(scenario) -> scenario.requireEqual("rich_schema")),

	ADDED_FIELD("fields added after the dynamic field", "2.6.0", null, (server) -> {
		FakeCollection collection = server.create("added_field", FakeSchemas.dynamic());
		collection.addField(Schemas.nullable("later"));
		collection.insertSegment("_default", 7);
	}, (scenario) -> scenario.requireEqual("added_field")),

	STRUCT_ARRAYS("arrays of structs", "2.6.4", null,
			(server) -> server.create("struct_arrays", Schemas.structs()).insertSegment("_default", 7),
			(scenario) -> scenario.requireEqual("struct_arrays")),

	DESCRIPTION("properties, shards, consistency level and indexes", "2.2.0", null, (server) -> {
		FakeCollection collection = server.collection("description").shards(2).property("collection.ttl.seconds", "60");
		collection.index("vector", "v_idx", Map.of("index_type", "HNSW", "metric_type", "L2", "params", "{\"M\":8}"));
		collection.index("text", "t_idx", Map.of("index_type", "Trie"));
	}, (scenario) -> scenario.requireSameDescription("description")),

	DAMAGE("what is not as it was after a restore is damage", "2.2.0", null, (server) -> {
	}, (scenario) -> scenario.requireDamage("description")),

	ALIASES("aliases", "2.2.0", null, (server) -> {
		server.collection("aliases").alias("known_as");
	}, (scenario) -> scenario.requireSameDescription("aliases")),

	LOADED("loaded partitions and replicas, on request", "2.2.3", null, (server) -> {
		Map<String, String> params = Map.of("index_type", "HNSW", "metric_type", "L2", "params", "{\"M\":8}");
		FakeCollection whole = server.collection("loaded").index("vector", "v_idx", params);
		whole.insertSegment("_default", 7);
		whole.replicas(2);
		FakeCollection part = server.collection("partly_loaded").index("vector", "v_idx", params);
		part.insertSegment("_default", 7);
		part.insertSegment("p", 8);
		part.load("p");
	}, (scenario) -> {
		scenario.requireEqual("loaded");
		scenario.requireEqual("partly_loaded");
	}),

	COUNTED("rows counted by a query where they are loaded", "2.3.0", null, Feature::rows,
			(scenario) -> assertThat(scenario.world.target.faults().calls("Query")).isEqualTo(2)),

	ALIAS_MOVED("aliases moved to the restored collection, on request", "2.2.0", null, (server) -> {
		server.collection("wanderer").alias("wandering").insertSegment("_default", 7);
	}, (scenario) -> {
		Variants variants = scenario.variants();
		variants.requireEqual("wanderer", "wanderer_m");
		assertThat(variants.aliases("wanderer_m")).containsExactly("wandering");
		assertThat(variants.aliases("wanderer")).isEmpty();
		assertThat(scenario.world.target.faults().calls("AlterAlias")).isOne();
	}),

	SEVERAL("one collection restored into several", "2.2.0", null, (server) -> {
		FakeCollection collection = server.collection("several");
		collection.insertSegment("_default", 7, 2);
		collection.insertSegment("p", 8);
	}, (scenario) -> {
		scenario.variants().requireEqual("several", "several_a");
		scenario.variants().requireEqual("several", "several_b");
	}),

	TRUNCATION("rows left out that came after the flush, on request", "2.4.0", null, (server) -> {
		FakeCollection collection = server.collection("truncated");
		collection.history().insert("_default", 1, 2, 3);
		server.afterFlush("truncated", () -> {
			collection.history().insert("_default", 4, 5);
			collection.history().delete(null, 1);
			collection.history().flush();
		});
	}, (scenario) -> {
		scenario.requireEqual("truncated");
		assertThat(scenario.variants().keys("truncated")).containsExactly(2L, 3L, 4L, 5L);
		assertThat(scenario.variants().keys("truncated_t")).containsExactly(1L, 2L, 3L);
		assertThat(scenario.world.target.imports().orders())
			.filteredOn((order) -> order.collection().name().name().equals("truncated_t"))
			.isNotEmpty()
			.allMatch((order) -> order.options().containsKey("end_ts"));
	}),

	SKIP_FLUSH("without a flush, on request", "2.2.0", null,
			(server) -> server.collection("unflushed").insertSegment("_default", 7),
			(scenario) -> scenario.requirePersistentOnly("unflushed", 7)),

	INDEX_EXTRA("details of indexes and the dynamic field from etcd, on request", "2.2.9", null, (server) -> {
		FakeCollection collection = server.create("index_extra", FakeSchemas.dynamic());
		collection.index("vector", "v_idx", Map.of("index_type", "HNSW", "metric_type", "L2", "params", "{\"M\":8}"));
		collection.insertSegment("_default", 7);
	}, (scenario) -> {
		scenario.requireEqual("index_extra");
		Collection described = scenario.described("index_extra");
		assertThat(described.indexes()).singleElement()
			.satisfies((index) -> assertThat(index.extra()).isNotNull()
				.satisfies((extra) -> assertThat(extra.fieldId()).isEqualTo(102)));
		assertThat(described.schema().fields()).filteredOn(Field::dynamic)
			.singleElement()
			.satisfies((field) -> assertThat(field.id()).isEqualTo(103));
	}),

	EXTERNAL("external collections left out with a word", "3.0", null,
			(server) -> server.create("lake", FakeSchemas.external()), (scenario) -> scenario.requireLeftOut("lake")),

	ROLES("users, roles, privileges and privilege groups, on request", "2.4.7", null, (server) -> {
		server.roles().role("reader").user("alice", "hash", "reader").grant("reader", "few", "default", "rows");
		server.roles().privilegeGroup("few", "Query", "Search");
	}, (scenario) -> {
		assertThat(scenario.world.target.roles().all()).isEqualTo(scenario.world.source.roles().all());
		assertThat(scenario.world.target.faults().calls("RestoreRBAC")).isOne();
	}),

	ENCRYPTED("encrypted databases", "2.6.0", null, (server) -> {
		server.encryptedDatabase("vault", "zone-key");
		server.collection("vault.gold").insertSegment("_default", 7);
	}, (scenario) -> scenario.requireEqual("vault.gold")),

	GC_PAUSE("garbage collection paused and given back", "2.3.6", null, Feature::rows, (scenario) -> {
		assertThat(scenario.world.source.management().pauses()).isPositive();
		assertThat(scenario.world.source.management().pausesByCollection().open()).isZero();
	}),

	EXACT_LISTS("exact lists of binlogs from the server", "2.5.8", null, Feature::rows,
			(scenario) -> assertThat(scenario.callsOfCreate("/v2/vectordb/segments/describe")).isPositive()),

	FLUSH_ALL("one flush of everything", "2.6.11", null, Feature::rows, (scenario) -> {
		assertThat(scenario.callsOfCreate("FlushAll")).isOne();
		assertThat(scenario.callsOfCreate("Flush")).isZero();
	}),

	FEW_IMPORTS("several segments in one import job", "2.4.0", null, Feature::rows,
			(scenario) -> assertThat(scenario.world.target.imports().orders())
				.anyMatch((order) -> order.files().size() > 1)),

	SNAPSHOTS("the snapshot format (experimental)", "3.0", null, Feature::rows,
			(scenario) -> scenario.requireEqualSnapshots(
					List.of("rows", "delta_logs", "l0_partition", "l0_collection", "column_groups", "dynamic_field",
							"partition_key", "rich_schema", "added_field", "struct_arrays", "description")));

	static final List<String> VERSIONS = List.of("2.2.0", "2.2.16", "2.3.5", "2.4.4", "2.5.7", "2.5.20", "2.6.0",
			"2.6.5", "2.6.8", "2.6.11", "3.0");

	final String title;

	private final String since;

	/** The oldest version with which it does not work yet. */
	private final @Nullable String missingFrom;

	final Consumer<FakeMilvus> prepare;

	final Consumer<Scenario> check;

	Feature(String title, String since, @Nullable String missingFrom, Consumer<FakeMilvus> prepare,
			Consumer<Scenario> check) {
		this.title = title;
		this.since = since;
		this.missingFrom = missingFrom;
		this.prepare = prepare;
		this.check = check;
	}

	Support support(String version) {
		if (Versions.compare(version, this.since) < 0) {
			return Support.NOT_IN_MILVUS;
		}
		return (this.missingFrom != null && Versions.compare(version, this.missingFrom) >= 0) ? Support.NOT_YET
				: Support.WORKS;
	}

	/** Shared by the features that only look at how it was done. */
	private static void rows(FakeMilvus server) {
		if (server.find("rows") == null) {
			FakeCollection collection = server.collection("rows");
			for (int i = 0; i < 3; i++) {
				collection.insertSegment("_default", 1100 + i);
				collection.insertSegment("new", 10 + i);
			}
		}
	}

	enum Support {

		WORKS("yes"), NOT_YET("not yet"), NOT_IN_MILVUS("–");

		final String text;

		Support(String text) {
			this.text = text;
		}

	}

}
