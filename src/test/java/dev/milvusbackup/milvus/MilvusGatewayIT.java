package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.milvusbackup.milvus.BulkImport.ImportJob;
import dev.milvusbackup.milvus.BulkImport.ImportJob.State;
import dev.milvusbackup.milvus.BulkImport.ImportRequest;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Checkpoint;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.partition.request.LoadPartitionsReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.QueryReq;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.milvusbackup.milvus.MilvusTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway against real servers.
 */
@RequiresReal({ "milvus-2.3.5", "milvus-2.2.16" })
class MilvusGatewayIT {

	private static final Duration FLUSH_LIMIT = Duration.ofMinutes(2);

	private static final CollectionName MISSING = CollectionName.parse("gateway_missing");

	@ParameterizedTest
	@EnumSource
	void aSegmentIsMovedIntoANewCollection(MilvusVersion version, RealServers servers) {
		RealMilvus server = servers.milvus(version);
		try (Milvus milvus = connect(server)) {
			milvus.schema().createDatabase("gateway_move");
			CollectionName source = new CollectionName("gateway_move", "source");
			CollectionName target = new CollectionName("gateway_move", "target");
			milvus.schema().createCollection(collection(source, schema(), 1));
			insert(server, source, 0, 300);
			Checkpoint checkpoint = milvus.catalog().flush(source, FLUSH_LIMIT);
			assertThat(checkpoint.sealSeconds()).isPositive();
			List<PersistentSegment> segments = milvus.catalog().segments(source);
			assertThat(segments).isNotEmpty();
			assertThat(segments.stream().mapToLong(PersistentSegment::rows).sum()).isEqualTo(300);
			milvus.schema().createCollection(collection(target, milvus.catalog().describe(source).schema(), 1));
			long rows = 0;
			for (PersistentSegment segment : segments) {
				rows += load(milvus, server, segment, target).rows();
			}
			assertThat(rows).isEqualTo(300);
			assertThat(extras(server, target)).hasSize(300).doesNotHaveDuplicates().doesNotContainNull();
			milvus.schema().dropCollection(source);
			milvus.schema().dropCollection(target);
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatWasCreatedIsDescribed(MilvusVersion version, RealServers servers) {
		RealMilvus server = servers.milvus(version);
		CollectionName name = CollectionName.parse("gateway_described");
		try (Milvus milvus = connect(server)) {
			assertThat(milvus.catalog().version()).contains(version.number());
			Collection wanted = collection(name, schema(), 2);
			milvus.schema().createCollection(wanted);
			milvus.schema().createPartition(name, "north");
			milvus.schema().createPartition(name, "north");
			Map<String, String> params = new LinkedHashMap<>();
			params.put("index_type", "HNSW");
			params.put("metric_type", "L2");
			params.put("params", "{\"M\":8,\"efConstruction\":64}");
			Index vector = new Index("vector", "v_idx", "HNSW", params, 0);
			milvus.schema().createIndex(name, vector);
			milvus.schema().createIndex(name, vector);
			milvus.schema().createIndex(name, new Index("text", "t_idx", "", Map.of(), 0));
			milvus.schema().createAlias(name, "gateway_alias");
			milvus.schema().createAlias(name, "gateway_alias");
			Collection described = milvus.catalog().describe(CollectionName.parse("gateway_alias"));
			assertThat(described.name()).isEqualTo(name);
			assertThat(described.schema().fields()).isEqualTo(wanted.schema().fields());
			assertThat(described.schema().dynamicFieldEnabled()).isTrue();
			assertThat(described.shards()).isEqualTo(2);
			assertThat(described.consistencyLevel()).isEqualTo(wanted.consistencyLevel());
			assertThat(described.properties()).isEqualTo(wanted.properties());
			assertThat(described.aliases()).containsExactly("gateway_alias");
			assertThat(described.partitions()).extracting(Partition::name).containsExactly("_default", "north");
			assertThat(described.indexes()).extracting(Index::name).containsExactlyInAnyOrder("v_idx", "t_idx");
			assertThat(described.indexes()).extracting(Index::params).contains(params);
			assertThat(described.loadState()).isEqualTo(LoadState.NOT_LOADED);
			assertThat(milvus.catalog().collections("default")).contains(name);
			assertLoadStates(milvus, server, name);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aPartitionKeyGivesAsManyPartitions(MilvusVersion version, RealServers servers) {
		CollectionName name = CollectionName.parse("gateway_partition_key");
		try (Milvus milvus = connect(servers.milvus(version))) {
			Schema schema = Samples.replacing(schema(), 1, Samples.text(101, true, false, null));
			milvus.schema().createCollection(collection(name, schema, 1));
			assertThat(milvus.catalog().describe(name).partitions()).extracting(Partition::name)
				.containsExactly("_default_0", "_default_1");
			milvus.schema().dropCollection(name);
			milvus.schema().dropCollection(name);
			assertThat(milvus.schema().collectionExists(name)).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void fieldsThatTheServerNumbersOtherwiseAreRefused(MilvusVersion version, RealServers servers) {
		CollectionName name = CollectionName.parse("gateway_gap");
		try (Milvus milvus = connect(servers.milvus(version))) {
			Schema plain = Samples.schema();
			Schema gap = Samples.replacing(plain, 1, Samples.text(107, false, false, null));
			assertFails(Kind.REFUSED, () -> milvus.schema().createCollection(collection(name, gap, 1)))
				.hasMessageContaining("got the id 102 instead of 107");
			assertFails(Kind.REFUSED,
					() -> milvus.schema()
						.createCollection(
								collection(name, Samples.replacing(plain, 1, Samples.text(101, false, true, null)), 1)))
				.hasMessageContaining("not nullable");
			assertThat(milvus.schema().collectionExists(name)).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsMissingIsNotFound(MilvusVersion version, RealServers servers) {
		try (Milvus milvus = connect(servers.milvus(version))) {
			assertThat(milvus.catalog().databases()).extracting(Database::name).contains("default");
			assertFails(Kind.NOT_FOUND, () -> milvus.catalog().describe(MISSING));
			assertFails(Kind.NOT_FOUND, () -> milvus.catalog().segments(MISSING));
			assertFails(Kind.NOT_FOUND, () -> milvus.catalog().flush(MISSING, FLUSH_LIMIT));
			assertFails(Kind.NOT_FOUND, () -> milvus.catalog().collections("gateway_no_database"));
			assertFails(Kind.NOT_FOUND, () -> milvus.bulkImport().job(MISSING, 4711));
			assertFails(Kind.NOT_FOUND, () -> milvus.bulkImport().jobs(MISSING));
			assertFails(Kind.NOT_FOUND,
					() -> milvus.bulkImport().submit(new ImportRequest(MISSING, "_default", List.of("a/", ""))));
			assertFails(Kind.UNSUPPORTED, () -> milvus.garbageCollection().pause(Duration.ofMinutes(1)));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aWrongPathCompletesWithoutRows(MilvusVersion version, RealServers servers) {
		CollectionName name = CollectionName.parse("gateway_wrong_path");
		try (Milvus milvus = connect(servers.milvus(version))) {
			milvus.schema().createCollection(collection(name, schema(), 1));
			ImportRequest request = new ImportRequest(name, "_default", List.of("nowhere/1/2/3/", ""));
			ImportJob job = finished(milvus, milvus.bulkImport().submit(request));
			assertThat(job.state()).isEqualTo(State.COMPLETED);
			assertThat(job.rows()).isZero();
			assertThat(milvus.bulkImport().jobs(name)).singleElement().satisfies((listed) -> {
				assertThat(listed.id()).isEqualTo(job.id());
				assertThat(listed.paths()).isEqualTo(request.paths());
				assertThat(listed.createdSeconds()).isPositive();
			});
			ImportRequest onePath = new ImportRequest(name, "_default", List.of("nowhere/"));
			assertThat(finished(milvus, milvus.bulkImport().submit(onePath)).reason())
				.contains("unsupported file type");
		}
	}

	private static void assertLoadStates(Milvus milvus, RealMilvus server, CollectionName name) {
		MilvusClientV2 client = server.connect(name.database());
		try {
			client.loadPartitions(
					LoadPartitionsReq.builder().collectionName(name.name()).partitionNames(List.of("north")).build());
		}
		finally {
			client.close();
		}
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			Collection loaded = milvus.catalog().describe(name);
			assertThat(loaded.loadState()).isEqualTo(LoadState.LOADED);
			assertThat(loaded.partitions()).extracting(Partition::loadState)
				.containsExactly(LoadState.NOT_LOADED, LoadState.LOADED);
		});
	}

	private static ImportJob load(Milvus milvus, RealMilvus server, PersistentSegment segment, CollectionName target) {
		String directory = segment.collectionId() + "/" + segment.partitionId() + "/" + segment.id() + "/";
		ImportRequest request = new ImportRequest(target, "_default",
				List.of(server.rootPath() + "/insert_log/" + directory, server.rootPath() + "/delta_log/" + directory));
		ImportJob job = finished(milvus, milvus.bulkImport().submit(request));
		assertThat(job.reason()).isEmpty();
		assertThat(job.state()).isEqualTo(State.COMPLETED);
		assertThat(job.rows()).isEqualTo(segment.rows());
		return job;
	}

	private static ImportJob finished(Milvus milvus, long job) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> milvus.bulkImport().job(MISSING, job),
					(state) -> state.state() == State.COMPLETED || state.state() == State.FAILED);
	}

	private static void insert(RealMilvus server, CollectionName name, int first, int count) {
		List<JsonObject> rows = new ArrayList<>();
		for (int i = first; i < first + count; i++) {
			JsonObject row = new JsonObject();
			row.addProperty("id", i);
			row.addProperty("text", "row " + i);
			JsonArray vector = new JsonArray();
			for (int d = 0; d < 4; d++) {
				vector.add(i + d / 10f);
			}
			row.add("vector", vector);
			row.addProperty("extra", i);
			rows.add(row);
		}
		MilvusClientV2 client = server.connect(name.database());
		try {
			client.insert(InsertReq.builder().collectionName(name.name()).data(rows).build());
		}
		finally {
			client.close();
		}
	}

	/**
	 * The dynamic field of all rows: what is in it shows that the fields are not mixed
	 * up.
	 */
	private static List<Object> extras(RealMilvus server, CollectionName name) {
		MilvusClientV2 client = server.connect(name.database());
		try (Milvus milvus = connect(server)) {
			Map<String, String> params = Map.of("index_type", "FLAT", "metric_type", "L2");
			milvus.schema().createIndex(name, new Index("vector", "vector", "FLAT", params, 0));
			client.loadCollection(LoadCollectionReq.builder().collectionName(name.name()).build());
			QueryReq query = QueryReq.builder()
				.collectionName(name.name())
				.filter("id >= 0")
				.outputFields(List.of("extra"))
				.consistencyLevel(ConsistencyLevel.STRONG)
				.build();
			return client.query(query).getQueryResults().stream().map((row) -> row.getEntity().get("extra")).toList();
		}
		finally {
			client.close();
		}
	}

	private static Milvus connect(RealMilvus server) {
		return new DefaultMilvusConnector().connect(new MilvusProperties(server.host(), server.port(), "", "", 0, null,
				null, null, null, "http://" + server.host() + ":" + server.managementPort()));
	}

	/** With the dynamic field. */
	private static Schema schema() {
		return Samples.dynamic(Samples.schema());
	}

	private static Collection collection(CollectionName name, Schema schema, int shards) {
		Schema plain = new Schema(name.name(), schema.description(), schema.autoId(), schema.fields(),
				schema.dynamicFieldEnabled(), List.of(), List.of(), List.of());
		return new Collection(0, name, 0, plain, shards, 1,
				List.of(new Partition(1, "a", LoadState.NOT_LOADED), new Partition(2, "b", LoadState.NOT_LOADED)),
				List.of(), LoadState.NOT_LOADED, List.of(new KeyValue("collection.ttl.seconds", "1576800000")),
				List.of(), List.of(), List.of(), 0, Checkpoint.NONE);
	}

}
