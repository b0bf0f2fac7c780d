package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Checkpoint;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeSegment;
import io.milvus.shaded.io.grpc.Status.Code;
import milvus.proto.msg.Msg.MsgPosition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GrpcCatalogTest extends MilvusTest {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final CollectionName BOOKS = CollectionName.parse("shop.books");

	@Test
	void databasesAreListed() {
		this.server.collection("shop.books");
		assertThat(milvus().catalog().databases()).extracting(Database::name).containsExactly("default", "shop");
	}

	@Test
	void aServerWithoutDatabasesHasTheDefaultOne() {
		serverOf("2.2.8");
		assertThat(milvus().catalog().databases()).extracting(Database::name).containsExactly("default");
	}

	@Test
	void databasesAreDescribedWhereTheServerCan() {
		serverOf("2.4.3").collection("shop.books");
		assertThat(milvus().catalog().databases()).extracting(Database::id).containsExactly(1L, 2L);
	}

	@Test
	void collectionsOfOneDatabaseAreSorted() {
		this.server.collection("shop.pens");
		this.server.collection("shop.books");
		this.server.collection("other");
		assertThat(milvus().catalog().collections("shop")).containsExactly(BOOKS, CollectionName.parse("shop.pens"));
	}

	@Test
	void collectionsOfAMissingDatabaseAreNotFound() {
		assertFails(Kind.NOT_FOUND, () -> milvus().catalog().collections("nowhere"));
		serverOf("2.2.16");
		assertFails(Kind.NOT_FOUND, () -> milvus().catalog().collections("nowhere"));
	}

	@Test
	void aCollectionIsDescribedWithAllThatBelongsToIt() {
		FakeCollection collection = this.server.collection("shop.books")
			.alias("library")
			.property("collection.ttl.seconds", "60")
			.index("vector", "v_idx", Map.of("index_type", "HNSW"))
			.index("text", "t_idx", Map.of());
		long old = collection.partition("old");
		Collection described = milvus().catalog().describe(BOOKS);
		assertThat(described.id()).isEqualTo(collection.id());
		assertThat(described.name()).isEqualTo(BOOKS);
		assertThat(described.schema().fields()).extracting(Field::id).containsExactly(100L, 101L, 102L);
		assertThat(described.partitions()).extracting(Partition::name).containsExactly("_default", "old");
		assertThat(described.partitions()).extracting(Partition::id).contains(old);
		assertThat(described.indexes()).extracting(Index::name).containsExactly("v_idx", "t_idx");
		assertThat(described.indexes()).extracting(Index::type).containsExactly("HNSW", "");
		assertThat(described.properties()).containsExactly(new KeyValue("collection.ttl.seconds", "60"));
		assertThat(described.aliases()).containsExactly("library");
		assertThat(described.loadState()).isEqualTo(LoadState.NOT_LOADED);
		assertThat(described.virtualChannels()).hasSize(1);
		assertThat(described.checkpoint()).isEqualTo(Checkpoint.NONE);
	}

	@Test
	void anAliasAnswersWithTheRealCollection() {
		this.server.collection("shop.books").alias("library");
		assertThat(milvus().catalog().describe(CollectionName.parse("shop.library")).name()).isEqualTo(BOOKS);
		assertThat(milvus().catalog().aliases(BOOKS)).containsExactly("library");
	}

	@Test
	void aCollectionWithoutIndexesHasNone() {
		this.server.collection("shop.books");
		assertThat(milvus().catalog().describe(BOOKS).indexes()).isEmpty();
		serverOf("2.2.16").collection("shop.books");
		assertThat(milvus().catalog().describe(BOOKS).indexes()).isEmpty();
	}

	@Test
	void indexesThatCannotBeListedAreAFailure() {
		this.server.collection("shop.books");
		this.server.faults().refused("DescribeIndex", 65535, "index coordinator is ill");
		assertFails(Kind.REFUSED, () -> milvus().catalog().describe(BOOKS));
	}

	@Test
	void aMissingCollectionIsNotFound() {
		assertFails(Kind.NOT_FOUND, () -> milvus().catalog().describe(BOOKS))
			.hasMessageStartingWith("unable to describe collection 'shop.books': can't find collection");
		serverOf("2.2.16");
		assertFails(Kind.NOT_FOUND, () -> milvus().catalog().describe(BOOKS));
		assertFails(Kind.NOT_FOUND, () -> milvus().catalog().segments(BOOKS));
		assertFails(Kind.NOT_FOUND, () -> milvus().catalog().flush(BOOKS, LIMIT));
	}

	@Test
	void eachPartitionHasItsOwnLoadState() {
		this.server.collection("shop.books").partition("old");
		this.server.collection("shop.books").load("old");
		Collection described = milvus().catalog().describe(BOOKS);
		assertThat(described.loadState()).isEqualTo(LoadState.LOADED);
		assertThat(described.partitions()).extracting(Partition::loadState)
			.containsExactly(LoadState.NOT_LOADED, LoadState.LOADED);
	}

	@Test
	void partitionsOfAnUnloadedCollectionAreNotAskedOneByOne() {
		this.server.collection("shop.books").load();
		assertThat(milvus().catalog().partitions(BOOKS, LoadState.NOT_LOADED)).extracting(Partition::loadState)
			.containsExactly(LoadState.NOT_LOADED);
		assertThat(this.server.faults().calls("GetLoadState")).isZero();
	}

	@Test
	void aServerWithoutLoadStatesIsAskedForTheProgress() {
		this.server.collection("shop.books");
		this.server.faults().fail("GetLoadState", Code.UNIMPLEMENTED);
		this.server.faults().refused("GetLoadingProgress", 101, "collection not loaded[collection=1]");
		assertThat(milvus().catalog().describe(BOOKS).loadState()).isEqualTo(LoadState.NOT_LOADED);
	}

	@Test
	void aFailedQuestionForTheLoadStateIsAFailure() {
		this.server.collection("shop.books");
		this.server.faults().refused("GetLoadState", 65535, "query coordinator is ill");
		assertFails(Kind.REFUSED, () -> milvus().catalog().describe(BOOKS));
	}

	@Test
	void rowsThatAQueryFindsAreCountedWithoutDeletedOnes() {
		FakeCollection collection = this.server.collection("shop.books");
		collection.insertSegment("_default", 10, 3);
		collection.insertSegment("old", 20);
		collection.load();
		assertThat(milvus().catalog().countsRows()).isTrue();
		assertThat(milvus().catalog().count(BOOKS, List.of())).isEqualTo(27);
		assertThat(milvus().catalog().count(BOOKS, List.of("old"))).isEqualTo(20);
	}

	@Test
	void rowsThatAreNotLoadedCannotBeCounted() {
		FakeCollection collection = this.server.collection("shop.books");
		collection.partition("old");
		assertFails(Kind.REFUSED, () -> milvus().catalog().count(BOOKS, List.of()))
			.hasMessageStartingWith("unable to count the rows of 'shop.books': collection not loaded");
		collection.load("_default");
		assertThat(milvus().catalog().count(BOOKS, List.of())).isZero();
		assertFails(Kind.REFUSED, () -> milvus().catalog().count(BOOKS, List.of("old")));
		assertFails(Kind.NOT_FOUND, () -> milvus().catalog().count(BOOKS, List.of("new")));
		assertFails(Kind.NOT_FOUND, () -> milvus().catalog().count(new CollectionName("shop", "none"), List.of()));
	}

	@Test
	void aServerThatCannotCountIsNotAsked() {
		serverOf("2.2.16");
		this.server.collection("shop.books").load();
		assertThat(milvus().catalog().countsRows()).isFalse();
		assertFails(Kind.UNSUPPORTED, () -> milvus().catalog().count(BOOKS, List.of()));
		assertThat(this.server.faults().calls("Query")).isZero();
	}

	@Test
	void flushingMakesGrowingRowsPersistent() {
		FakeCollection collection = this.server.collection("shop.books");
		collection.insertGrowing("_default", 10);
		assertThat(milvus().catalog().segments(BOOKS)).isEmpty();
		Checkpoint checkpoint = milvus().catalog().flush(BOOKS, LIMIT);
		assertThat(milvus().catalog().segments(BOOKS)).extracting(PersistentSegment::rows).containsExactly(10L);
		assertThat(checkpoint.sealSeconds()).isPositive();
		assertThat(checkpoint.timestamp()).isZero();
		assertThat(checkpoint.channels()).isEmpty();
	}

	@Test
	void channelCheckpointsAreKeptAndTheLatestIsTheTimestamp() throws Exception {
		FakeCollection collection = serverOf("2.4.4").collection("shop.books");
		collection.shards(2);
		Checkpoint checkpoint = milvus().catalog().flush(BOOKS, LIMIT);
		assertThat(checkpoint.channels()).hasSize(2).containsKey("by-dev-rootcoord-dml_0_" + collection.id() + "v0");
		String latest = checkpoint.channels().get("by-dev-rootcoord-dml_1_" + collection.id() + "v1");
		assertThat(MsgPosition.parseFrom(Base64.getDecoder().decode(latest)).getTimestamp())
			.isEqualTo(checkpoint.timestamp());
	}

	@Test
	void flushingWaitsUntilTheServerIsDone() {
		this.server.collection("shop.books");
		this.server.unfinishedFlushAnswers(3);
		milvus().catalog().flush(BOOKS, LIMIT);
		assertThat(this.server.faults().calls("GetFlushState")).isEqualTo(4);
	}

	@Test
	void aFlushThatTakesTooLongIsUnavailable() {
		this.server.collection("shop.books");
		this.server.unfinishedFlushAnswers(1000);
		assertFails(Kind.UNAVAILABLE, () -> milvus().catalog().flush(BOOKS, Duration.ofMillis(1500)))
			.hasMessageContaining("unable to flush collection 'shop.books': it takes longer");
	}

	@Test
	void aFlushThatTheServerThrottlesIsRepeated() {
		this.server.collection("shop.books");
		this.server.faults().throttled("Flush");
		milvus().catalog().flush(BOOKS, LIMIT);
		assertThat(this.server.faults().calls("Flush")).isEqualTo(2);
	}

	@Test
	void segmentsAreSortedAndTellNoLevelThatTheServerDoesNotTell() {
		FakeCollection collection = this.server.collection("shop.books");
		FakeSegment first = collection.insertSegment("_default", 5);
		FakeSegment second = collection.insertSegment("old", 7);
		assertThat(milvus().catalog().segments(BOOKS)).containsExactly(
				new PersistentSegment(first.id(), collection.id(), first.partitionId(), 5, null, 0),
				new PersistentSegment(second.id(), collection.id(), second.partitionId(), 7, null, 0));
	}

	@Test
	void aSegmentThatVanishesWhileListingIsAskedAgain() {
		this.server.collection("shop.books");
		this.server.faults().refused("GetPersistentSegmentInfo", 600, "segment not found[segment=1]");
		assertThat(milvus().catalog().segments(BOOKS)).isEmpty();
	}

}
