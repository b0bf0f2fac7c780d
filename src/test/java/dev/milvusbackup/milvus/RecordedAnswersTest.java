package dev.milvusbackup.milvus;

import java.io.InputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.testing.milvus.RecordedMilvus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Reads what a real Milvus 2.3.5 answered, byte for byte.
 */
class RecordedAnswersTest {

	private RecordedMilvus server;

	private MilvusConnector.Milvus milvus;

	@BeforeEach
	void connect() throws Exception {
		Map<String, byte[]> answers = new HashMap<>();
		try (InputStream recording = getClass().getResourceAsStream("/golden/milvus-2.3.5-rpc.json")) {
			for (JsonNode call : JsonMapper.shared().readTree(recording)) {
				JsonNode request = call.path("request");
				String collection = request.path("collection_name")
					.asString(request.path("collectionName")
						.asString(request.path("collection_names").path(0).asString("")));
				answers.put(RecordedMilvus.key(call.path("rpc").asString(), call.path("db").asString(), collection),
						Base64.getDecoder().decode(call.path("response_proto_base64").asString()));
			}
		}
		this.server = new RecordedMilvus(answers);
		this.milvus = new DefaultMilvusConnector(MilvusTest.LIMITS).connect(new MilvusProperties("127.0.0.1",
				this.server.port(), "", "", 0, null, null, null, null, "http://127.0.0.1:9091"));
	}

	@AfterEach
	void close() {
		this.milvus.close();
		this.server.close();
	}

	@Test
	void everyScalarTypeIsDescribed() {
		Collection collection = describe("fx_all_types");
		assertThat(this.milvus.catalog().version()).isEqualTo("v2.3.5-lite");
		assertThat(collection.id()).isEqualTo(470652536143307160L);
		assertThat(collection.schema().description()).isEqualTo("every scalar type of 2.3");
		assertThat(collection.schema().dynamicFieldEnabled()).isTrue();
		assertThat(collection.schema().fields()).extracting(Field::id, Field::name, Field::dataType, Field::elementType)
			.containsExactly(tuple(100L, "id", 5, 0), tuple(101L, "b", 1, 0), tuple(102L, "i8", 2, 0),
					tuple(103L, "i16", 3, 0), tuple(104L, "i32", 4, 0), tuple(105L, "f32", 10, 0),
					tuple(106L, "f64", 11, 0), tuple(107L, "s", 21, 0), tuple(108L, "j", 23, 0),
					tuple(109L, "ai", 22, 4), tuple(110L, "as", 22, 21), tuple(111L, "fv", 101, 0));
		assertThat(collection.schema().fields().get(0).primaryKey()).isTrue();
		assertThat(collection.schema().fields().get(7).description()).isEqualTo("한국어 설명");
		assertThat(collection.schema().fields().get(10).typeParams()).containsExactly(new KeyValue("max_length", "16"),
				new KeyValue("max_capacity", "4"));
	}

	@Test
	void whatIsNotSchemaIsDescribed() {
		Collection collection = describe("fx_all_types");
		assertThat(collection.shards()).isEqualTo(2);
		assertThat(collection.consistencyLevel()).isZero();
		assertThat(collection.aliases()).containsExactly("fx_alias");
		assertThat(collection.properties()).containsExactly(new KeyValue("collection.ttl.seconds", "1576800000"));
		assertThat(collection.virtualChannels()).containsExactly("by-dev-rootcoord-dml_11_470652536143307160v0",
				"by-dev-rootcoord-dml_12_470652536143307160v1");
		assertThat(collection.createdTimestamp()).isEqualTo(470653051654111241L);
		assertThat(collection.loadState()).isEqualTo(LoadState.NOT_LOADED);
		assertThat(collection.partitions()).containsExactly(
				new Partition(470652536143307161L, "_default", LoadState.NOT_LOADED),
				new Partition(470652536143307174L, "north", LoadState.NOT_LOADED),
				new Partition(470652536143307182L, "south", LoadState.NOT_LOADED));
		assertThat(collection.indexes()).containsExactly(
				new Index("fv", "fv_idx", "HNSW",
						Map.of("index_type", "HNSW", "metric_type", "COSINE", "params",
								"{\"M\":8,\"efConstruction\":64}"),
						470652536143307234L),
				new Index("s", "s_idx", "", Map.of(), 470652536143307245L));
	}

	@Test
	void partitionKeysAndGeneratedKeysAreDescribed() {
		Collection collection = describe("fx_partition_key");
		assertThat(collection.schema().fields()).extracting(Field::autoId).containsExactly(true, false, false);
		assertThat(collection.schema().fields()).extracting(Field::partitionKey).containsExactly(false, true, false);
		assertThat(collection.partitions()).hasSize(4);
		assertThat(collection.indexes()).isEmpty();
		assertThat(collection.consistencyLevel()).isEqualTo(2);
	}

	@Test
	void databasesAreKeptApart() {
		assertThat(this.milvus.catalog().collections("fx_db"))
			.containsExactly(new CollectionName("fx_db", "fx_all_types"));
		Collection collection = this.milvus.catalog().describe(new CollectionName("fx_db", "fx_all_types"));
		assertThat(collection.name().database()).isEqualTo("fx_db");
		assertThat(collection.schema().fields()).hasSize(2);
		assertThat(collection.shards()).isOne();
	}

	@Test
	void segmentsAreListedInTheOrderOfTheirIds() {
		List<PersistentSegment> segments = this.milvus.catalog().segments(CollectionName.parse("fx_all_types"));
		assertThat(segments).extracting(PersistentSegment::rows).containsExactly(145L, 155L, 163L, 137L, 138L, 162L);
		assertThat(segments).extracting(PersistentSegment::level).containsOnlyNulls();
		assertThat(this.milvus.catalog().segments(CollectionName.parse("fx_empty"))).isEmpty();
	}

	private Collection describe(String name) {
		return this.milvus.catalog().describe(CollectionName.parse(name));
	}

}
