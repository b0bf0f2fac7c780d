package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Schema;
import io.milvus.shaded.io.grpc.Status.Code;
import org.junit.jupiter.api.Test;

import static dev.milvusbackup.milvus.Samples.BOOKS;
import static dev.milvusbackup.milvus.Samples.books;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class GrpcSchemaTest extends MilvusTest {

	@Test
	void aCollectionIsCreatedAsDescribed() {
		milvus().schema().createCollection(books(Samples.schema()));
		Collection created = milvus().catalog().describe(BOOKS);
		assertThat(created.schema().fields()).isEqualTo(Samples.schema().fields());
		assertThat(created.schema().description()).isEqualTo("described");
		assertThat(created.schema().name()).isEqualTo("books");
		assertThat(created.shards()).isEqualTo(2);
		assertThat(created.consistencyLevel()).isEqualTo(1);
		assertThat(created.partitions()).extracting(Partition::name).containsExactly("_default");
	}

	@Test
	void propertiesOfSchemaAndCollectionAreJoinedAndTheCollectionWins() {
		milvus().schema().createCollection(books(Samples.schema()));
		assertThat(milvus().catalog().describe(BOOKS).properties()).containsExactlyInAnyOrder(
				new KeyValue("only.schema", "s"), new KeyValue("both", "collection"),
				new KeyValue("only.collection", "c"));
	}

	@Test
	void withAPartitionKeyThereAreAsManyPartitions() {
		milvus().schema()
			.createCollection(books(Samples.replacing(Samples.schema(), 1, Samples.text(101, true, false, null))));
		assertThat(milvus().catalog().describe(BOOKS).partitions()).extracting(Partition::name)
			.containsExactly("_default_0", "_default_1");
	}

	@Test
	void fieldsKeepTheirDefaultsAndFlags() {
		serverOf("2.5.0");
		Field text = Samples.text(101, false, true, "MgNuL2E=");
		milvus().schema().createCollection(books(Samples.replacing(Samples.schema(), 1, text)));
		assertThat(milvus().catalog().describe(BOOKS).schema().fields()).contains(text);
	}

	@Test
	void aDamagedDefaultValueIsRefusedBeforeAnythingIsCreated() {
		for (String damaged : List.of("no base64!", "////")) {
			Schema schema = Samples.replacing(Samples.schema(), 1, Samples.text(101, false, false, damaged));
			assertFails(Kind.REFUSED, () -> milvus().schema().createCollection(books(schema))).hasMessage(
					"unable to create collection 'default.books': the default value of field 'text' is damaged");
		}
		assertThat(milvus().schema().collectionExists(BOOKS)).isFalse();
	}

	@Test
	void anExistingCollectionIsRefusedAndLeftAlone() {
		this.server.collection("books").alias("library").insertSegment("_default", 5);
		assertFails(Kind.REFUSED, () -> milvus().schema().createCollection(books(Samples.schema())))
			.hasMessageContaining("it exists already");
		assertThat(this.server.collection("books").rows()).isEqualTo(5);
	}

	@Test
	void aCollectionThatSomebodyElseCreatesMeanwhileIsNotDropped() {
		this.server.faults()
			.refused("CreateCollection", 65535, "create duplicate collection with different parameters");
		assertFails(Kind.REFUSED, () -> milvus().schema().createCollection(books(Samples.schema())));
		assertThat(this.server.faults().calls("DropCollection")).isZero();
	}

	@Test
	void aCreationWhoseAnswerIsLostIsFinished() {
		this.server.faults().throttled("CreateCollection").loseAnswer("CreateCollection");
		milvus().schema().createCollection(books(Samples.schema()));
		assertThat(milvus().schema().collectionExists(BOOKS)).isTrue();
	}

	@Test
	void fieldsWithOtherIdsThanInTheBinlogsAreRefusedAndNothingIsLeft() {
		Field gap = Samples.text(105, false, false, null);
		assertFails(Kind.REFUSED,
				() -> milvus().schema().createCollection(books(Samples.replacing(Samples.schema(), 1, gap))))
			.hasMessageContaining("field 'text' got the id 102 instead of 105");
		assertThat(milvus().schema().collectionExists(BOOKS)).isFalse();
	}

	@Test
	void fieldsAfterTheDynamicOneAreAddedLater() {
		serverOf("2.6.0");
		milvus().schema().createCollection(books(Samples.dynamic(withLateField())));
		assertThat(milvus().catalog().describe(BOOKS).schema().fields()).extracting(Field::id)
			.containsExactly(100L, 101L, 102L, 104L);
	}

	@Test
	void aServerThatCannotAddFieldsIsUnsupportedAndNothingIsLeft() {
		assertFails(Kind.UNSUPPORTED,
				() -> milvus().schema().createCollection(books(Samples.dynamic(withLateField()))));
		assertThat(milvus().schema().collectionExists(BOOKS)).isFalse();
	}

	@Test
	void aFailedCleanUpDoesNotHideTheFailure() {
		this.server.faults().refused("DescribeCollection", 65535, "ill");
		this.server.faults().refused("DropCollection", 65535, "ill too");
		assertFails(Kind.REFUSED, () -> milvus().schema().createCollection(books(Samples.schema())))
			.hasMessageEndingWith(": ill")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(1));
	}

	@Test
	void functionsAreNotCheckedWhileCreating() {
		serverOf("2.6.8");
		milvus().schema().createCollection(books(Samples.withFunction(Samples.schema())));
		assertThat(milvus().catalog().describe(BOOKS).properties())
			.doesNotContain(new KeyValue("disable_func_runtime_check", "true"));
		assertThat(this.server.faults().calls("AlterCollection")).isOne();
	}

	@Test
	void databasesAreCreatedOnce() {
		milvus().schema().createDatabase("shop");
		milvus().schema().createDatabase("shop");
		assertThat(milvus().catalog().databases()).extracting(Database::name).containsExactly("default", "shop");
		assertThat(this.server.faults().calls("CreateDatabase")).isOne();
	}

	@Test
	void aDatabaseWhoseAnswerIsLostIsThere() {
		this.server.faults().loseAnswer("CreateDatabase");
		milvus().schema().createDatabase("shop");
		assertThat(milvus().catalog().databases()).hasSize(2);
	}

	@Test
	void aDatabaseThatCannotBeCreatedIsAFailure() {
		this.server.faults().refused("CreateDatabase", 65535, "database number exceeds max configuration");
		assertFails(Kind.REFUSED, () -> milvus().schema().createDatabase("shop"));
		serverOf("2.2.8");
		assertFails(Kind.UNSUPPORTED, () -> milvus().schema().createDatabase("shop"));
	}

	@Test
	void droppingAMissingCollectionIsNoError() {
		this.server.collection("books");
		milvus().schema().dropCollection(BOOKS);
		milvus().schema().dropCollection(BOOKS);
		this.server.faults().refused("DropCollection", 100, "collection not found[collection=books]");
		milvus().schema().dropCollection(BOOKS);
		assertThat(milvus().schema().collectionExists(BOOKS)).isFalse();
	}

	@Test
	void aCollectionIsNotDroppedByItsAlias() {
		this.server.collection("books").alias("library");
		assertFails(Kind.REFUSED, () -> milvus().schema().dropCollection(CollectionName.parse("library")));
	}

	@Test
	void partitionsAreCreatedOnce() {
		this.server.collection("books");
		milvus().schema().createPartition(BOOKS, "old");
		milvus().schema().createPartition(BOOKS, "old");
		assertThat(this.server.faults().calls("CreatePartition")).isOne();
		assertFails(Kind.NOT_FOUND, () -> milvus().schema().createPartition(CollectionName.parse("no"), "old"));
	}

	@Test
	void anIndexIsCreatedWithAllItsParametersInTheirOrder() {
		this.server.collection("books");
		Map<String, String> params = new LinkedHashMap<>();
		params.put("index_type", "HNSW");
		params.put("metric_type", "COSINE");
		params.put("params", "{\"M\":8}");
		milvus().schema().createIndex(BOOKS, new Index("vector", "v_idx", "HNSW", params, 0));
		milvus().schema().createIndex(BOOKS, new Index("text", "t_idx", "", Map.of(), 0));
		assertThat(milvus().schema().indexes(BOOKS)).extracting(Index::fieldName, Index::name, Index::params)
			.containsExactly(tuple("vector", "v_idx", params), tuple("text", "t_idx", Map.of()));
	}

	@Test
	void anEqualIndexIsNotCreatedAgainAndAnotherIsRefused() {
		this.server.collection("books");
		Index index = new Index("vector", "v_idx", "FLAT", Map.of("index_type", "FLAT"), 0);
		milvus().schema().createIndex(BOOKS, index);
		milvus().schema().createIndex(BOOKS, index);
		assertThat(this.server.faults().calls("CreateIndex")).isOne();
		assertFails(Kind.REFUSED, () -> milvus().schema()
			.createIndex(BOOKS, new Index("vector", "v_idx", "HNSW", Map.of("index_type", "HNSW"), 0)));
	}

	@Test
	void indexTypesAndNamesThatServersTellButDoNotTakeAreTranslated() {
		this.server.collection("books");
		milvus().schema()
			.createIndex(BOOKS, new Index("text", "a['b']", "marisa-trie", Map.of("index_type", "marisa-trie"), 0));
		assertThat(milvus().schema().indexes(BOOKS)).singleElement().satisfies((index) -> {
			assertThat(index.type()).isEqualTo("Trie");
			assertThat(index.name()).isEqualTo("text");
		});
	}

	@Test
	void indexesAreDropped() {
		this.server.collection("books").index("vector", "v_idx", Map.of("index_type", "FLAT"));
		Index index = milvus().schema().indexes(BOOKS).get(0);
		milvus().schema().dropIndex(BOOKS, index);
		assertThat(milvus().schema().indexes(BOOKS)).isEmpty();
		this.server.faults().refused("DropIndex", 700, "index not found");
		milvus().schema().dropIndex(BOOKS, index);
		this.server.collection("books").load();
		assertFails(Kind.REFUSED, () -> milvus().schema().dropIndex(BOOKS, index));
	}

	@Test
	void anAliasIsCreatedOnceAndNotTakenFromAnother() {
		this.server.collection("books");
		this.server.collection("pens");
		milvus().schema().createAlias(BOOKS, "library");
		milvus().schema().createAlias(BOOKS, "library");
		assertThat(this.server.faults().calls("CreateAlias")).isOne();
		assertThat(milvus().catalog().aliases(BOOKS)).containsExactly("library");
		assertFails(Kind.REFUSED, () -> milvus().schema().createAlias(CollectionName.parse("pens"), "library"))
			.hasMessageContaining("it belongs to 'default.books'");
	}

	@Test
	void anAliasThatADroppedCollectionLeftIsTakenOver() {
		this.server.collection("books").alias("library");
		milvus().schema().dropCollection(BOOKS);
		this.server.collection("books");
		milvus().schema().createAlias(BOOKS, "library");
		assertThat(milvus().catalog().aliases(BOOKS)).containsExactly("library");
	}

	@Test
	void everythingHappensInTheCollectionsDatabase() {
		milvus().schema().createDatabase("shop");
		Collection plain = books(Samples.schema());
		CollectionName name = CollectionName.parse("shop.books");
		milvus().schema()
			.createCollection(new Collection(plain.id(), name, 0, plain.schema(), 1, 0, plain.partitions(), List.of(),
					plain.loadState(), List.of(), List.of(), List.of(), List.of(), 0, plain.checkpoint()));
		milvus().schema().createPartition(name, "p");
		milvus().schema().createAlias(name, "library");
		milvus().schema().createIndex(name, new Index("vector", "v", "FLAT", Map.of("index_type", "FLAT"), 0));
		assertThat(milvus().schema().collectionExists(BOOKS)).isFalse();
		assertThat(this.server.find("shop.library")).isSameAs(this.server.find("shop.books"));
	}

	private static Schema withLateField() {
		Schema schema = Samples.schema();
		List<Field> fields = new ArrayList<>(schema.fields());
		fields.add(new Field(104, "late", false, "", 5, List.of(), List.of(), false, 0, 0, false, false, true, false,
				false, null));
		return new Schema(schema.name(), schema.description(), schema.autoId(), fields, false, schema.properties(),
				List.of(), List.of());
	}

}
