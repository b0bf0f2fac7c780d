package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Replicas;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.RestoreMapping.CollectionMapping;
import dev.milvusbackup.model.RestoreMapping.DatabaseMapping;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.testing.InterruptedCalls;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only some restores ask for.
 */
class RestoreDetailsTest {

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		use("2.6.11");
	}

	private void use(String version) throws Exception {
		stop();
		this.harness = new RestoreHarness(version);
		this.books = this.harness.fake.collection("books").shards(4).alias("library");
		this.books.property("collection.ttl.seconds", "60").property("mmap.enabled", "true");
		this.books.index("vector", "v", Map.of("index_type", "HNSW", "metric_type", "L2"));
		this.books.insertSegment("_default", 30);
		this.books.insertSegment("novels", 20);
	}

	@AfterEach
	void stop() {
		if (this.harness != null) {
			this.harness.close();
		}
	}

	@Test
	void aPlanMovesACollectionAndItsShapeAndLeavesTheOthers() throws Exception {
		FakeCollection other = this.harness.fake.collection("other");
		this.harness.backUp(this.books, other);
		this.harness.fake.drop(other);
		this.harness.suffix = "";
		this.harness.details = mapping(new CollectionMapping("books", "volumes", 2, "moved"));
		restore();
		Collection moved = describe("archive.volumes");
		assertThat(moved.shards()).isEqualTo(2);
		assertThat(moved.schema().description()).isEqualTo("moved");
		assertThat(this.harness.target("archive.volumes").visible()).isEqualTo(this.books.visible());
		assertThat(this.harness.outcome()).containsOnlyKeys("archive.volumes", "default.other");
	}

	@Test
	void oneCollectionBecomesSeveral() throws Exception {
		this.books.insertSegment("_default", 7, 2);
		this.harness.backUp(this.books);
		this.harness.fake.drop(this.books);
		severalTargets();
		restore();
		assertThat(this.harness.outcome()).containsOnlyKeys("archive.books", "archive.twin", "default.books");
		for (String name : List.of("archive.books", "archive.twin", "books")) {
			assertThat(this.harness.target(name).visible()).as(name).isEqualTo(this.books.visible());
		}
		assertThat(describe("archive.twin").shards()).isEqualTo(1);
		assertThat(describe("archive.books").shards()).isEqualTo(4);
		assertThat(describe("archive.books").aliases()).containsExactly("library");
		assertThat(describe("archive.twin").aliases()).isEmpty();
		assertThat(describe("books").aliases()).containsExactly("library");
	}

	@Test
	void eachOfSeveralHasCopiesOfItsOwnAndFailsAlone() throws Exception {
		this.harness.useOtherBucket();
		this.harness.backUp(this.books);
		this.harness.fake.drop(this.books);
		severalTargets();
		this.harness.fake.faults().refused("CreateCollection", 65535, "no more collections");
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.outcome().values()).filteredOn((state) -> state.startsWith("FAILED")).hasSize(1);
		int submitted = this.harness.fake.imports().submitted();
		restore();
		assertThat(this.harness.fake.imports().submitted()).isGreaterThan(submitted);
		for (String name : List.of("archive.books", "archive.twin", "books")) {
			assertThat(this.harness.target(name).visible()).as(name).isEqualTo(this.books.visible());
		}
		assertThat(this.harness.milvusStore.keys()).noneMatch((key) -> key.startsWith("restore-temp"));
	}

	@Test
	void severalOfOneGoOnAfterAKillWithoutImportingTwice() throws Exception {
		this.harness.backUp(this.books);
		this.harness.fake.drop(this.books);
		severalTargets();
		this.harness.calls.after("submit", new InterruptedCalls.Killed());
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		restore();
		assertThat(this.harness.target("archive.books").rows()).isEqualTo(50);
		assertThat(this.harness.target("archive.twin").rows()).isEqualTo(50);
		assertThat(this.harness.target("books").rows()).isEqualTo(50);
	}

	@Test
	void twoCollectionsDoNotBecomeOne() throws Exception {
		FakeCollection other = this.harness.fake.collection("other");
		this.harness.backUp(this.books, other);
		this.harness.suffix = "";
		this.harness.details = mapping(new CollectionMapping("books", "one", 0, null),
				new CollectionMapping("other", "one", 0, null));
		assertRefused("'default.books' is to be restored as that, too");
		this.harness.details = mapping(new CollectionMapping("books", "one", 0, null),
				new CollectionMapping("books", "one", 1, null));
		assertRefused("'default.books' is to become 'archive.one' twice");
	}

	@Test
	void aPlanForACollectionThatTheBackupDoesNotHaveIsRefused() throws Exception {
		this.harness.backUp(this.books);
		this.harness.suffix = "";
		this.harness.details = mapping(new CollectionMapping("boks", "volumes", 0, null));
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOfSatisfying(RestoreException.class,
				(ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.PREFLIGHT);
					assertThat(ex).hasMessageContaining("'default.boks': there is nothing of that name");
					assertThat(ex.hint()).contains("default.books");
				});
	}

	@Test
	void shardsAreBoundedAndKeysLeftOut() throws Exception {
		this.harness.backUp(this.books);
		this.harness.details = new RestoreDetails(null, 3,
				new SkipParams(Set.of("mmap.enabled"), Set.of(), Set.of(), Set.of()), false, Wishes.NONE);
		restore();
		Collection restored = describe("books_r");
		assertThat(restored.shards()).isEqualTo(3);
		assertThat(restored.properties()).containsExactly(new KeyValue("collection.ttl.seconds", "60"));
		assertThat(restored.schema().properties()).doesNotContain(new KeyValue("mmap.enabled", "true"));
	}

	@Test
	void whatWasLoadedIsLoadedOnRequest() throws Exception {
		this.books.load("novels");
		this.harness.backUp(this.books);
		this.harness.options = new Options(true, false, false, false, false, false);
		this.harness.details = wishes(new Wishes(false, Load.AS_BEFORE, false, false));
		restore();
		Collection restored = describe("books_r");
		assertThat(restored.loadState()).isEqualTo(LoadState.LOADED);
		assertThat(restored.partitions()).filteredOn((partition) -> partition.loadState() == LoadState.LOADED)
			.extracting(Partition::name)
			.containsExactly("novels");
	}

	@Test
	void aCollectionThatCannotBeLoadedIsNotComplete() throws Exception {
		this.books.load();
		this.harness.backUp(this.books);
		this.harness.fake.collection("books_r");
		this.harness.options = new Options(false, false, false, false, false, true);
		this.harness.details = wishes(new Wishes(false, Load.AS_BEFORE, false, false));
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.outcome().get("default.books_r")).contains("there is no vector index");
	}

	@Test
	void loadingWithoutTheIndexesIsRefusedBeforeAnythingIsDone() throws Exception {
		this.books.load();
		this.harness.backUp(this.books);
		this.harness.details = wishes(new Wishes(false, Load.AS_BEFORE, false, false));
		assertRefused("'default.books_r': Milvus loads them with their indexes only");
	}

	@Test
	void replicasAndResourceGroupsAreRestored() throws Exception {
		this.harness.fake.resourceGroup("hot", 1);
		this.harness.fake.resourceGroup("cold", 1);
		this.books.replicas(2, "cold", "hot");
		this.harness.backUp(this.books);
		load(Load.AS_BEFORE);
		restore();
		assertThat(describe("books_r").replicas()).isEqualTo(new Replicas(2, List.of("cold", "hot")));
	}

	@Test
	void aMissingResourceGroupIsRefusedBeforeAnythingIsDoneUnlessAnyWillDo() throws Exception {
		this.books.replicas(2, "cold");
		this.harness.backUp(this.books);
		load(Load.AS_BEFORE);
		RestoreException refusal = assertRefused("the target has no resource group cold");
		assertThat(refusal.hint()).contains("--load_anywhere");
		load(Load.ANYWHERE);
		restore();
		assertThat(describe("books_r").replicas()).isEqualTo(new Replicas(1, List.of("__default_resource_group")));
	}

	@Test
	void moreReplicasThanQueryNodesAreRefused() throws Exception {
		this.harness.fake.resourceGroup("hot", 1);
		this.books.replicas(3);
		FakeCollection other = this.harness.fake.collection("other").replicas(2, "hot");
		other.index("vector", "v", Map.of("index_type", "HNSW", "metric_type", "L2"));
		this.harness.backUp(this.books, other);
		load(Load.AS_BEFORE);
		assertRefused(
				"default.books_r (3 replicas need as many query nodes, resource group __default_resource_group has 2)",
				"default.other_r (2 replicas need as many query nodes, resource group hot has 1)");
	}

	@Test
	void whatTheBackupDoesNotTellOfPartitionsIsLoadedAndNoted() throws Exception {
		this.books.load();
		Collection described = describe("books");
		this.harness.backup()
			.add(described.withPartitions(described.partitions()
				.stream()
				.map((partition) -> new Partition(partition.id(), partition.name(), LoadState.NOT_LOADED))
				.toList()), this.books)
			.write(this.harness.backupStore, this.harness.layout);
		load(Load.AS_BEFORE);
		restore();
		assertThat(describe("books_r").partitions())
			.allSatisfy((partition) -> assertThat(partition.loadState()).isEqualTo(LoadState.LOADED));
		assertThat(this.harness.ledgers.targets().targets(this.harness.runId).values()).singleElement()
			.satisfies((progress) -> assertThat(progress.note()).contains("does not tell"));
	}

	@Test
	void loadingGoesOnAfterAKill() throws Exception {
		this.books.load("novels");
		this.harness.backUp(this.books);
		load(Load.AS_BEFORE);
		this.harness.calls.after("load", new InterruptedCalls.Killed());
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		restore();
		assertThat(describe("books_r").loadState()).isEqualTo(LoadState.LOADED);
		assertThat(this.harness.target("books_r").rows()).isEqualTo(50);
	}

	@Test
	void aliasesAreMovedOnRequestOnly() throws Exception {
		this.harness.backUp(this.books);
		restore();
		assertThat(describe("books_r").aliases()).isEmpty();
		this.harness.close();
		use("2.6.11");
		this.harness.backUp(this.books);
		this.harness.details = wishes(new Wishes(false, Load.NO, true, false));
		restore();
		assertThat(describe("books_r").aliases()).containsExactly("library");
		assertThat(describe("books").aliases()).isEmpty();
	}

	@Test
	void aDatabaseKeepsItsProperties() throws Exception {
		this.harness.fake.database("shop", Map.of("database.replica.number", "2"));
		FakeCollection goods = this.harness.fake.collection("shop.goods");
		this.harness.backUp(goods);
		this.harness.suffix = "";
		this.harness.renames = List.of("shop.*:store.*", "shop.:store.");
		restore();
		assertThat(this.harness.fake.databaseProperties("store")).containsEntry("database.replica.number", "2");
	}

	@Test
	void anOldServerIsRefusedWithAllThatItLacksUnlessForced() throws Exception {
		use("2.3.5");
		this.harness.backup().version("v2.4.1").add(this.books).write(this.harness.backupStore, this.harness.layout);
		this.harness.details = wishes(new Wishes(false, Load.NO, false, true));
		restore();
		assertThat(this.harness.target("books_r").rows()).isEqualTo(50);
	}

	@Test
	void importsByRestAreRefusedWhereTheyDoNotExist() throws Exception {
		use("2.3.5");
		this.harness.backUp(this.books);
		this.harness.details = wishes(new Wishes(true, Load.NO, false, false));
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOfSatisfying(RestoreException.class,
				(ex) -> assertThat(ex.kind()).isEqualTo(Kind.INCOMPATIBLE));
	}

	@Test
	void truncationNeedsAChannelCheckpoint() throws Exception {
		this.harness.backUp(this.books);
		this.harness.details = new RestoreDetails(null, 0, SkipParams.NONE, true, Wishes.NONE);
		assertThat(RestoreHarness.failure(this.harness.restore()))
			.isInstanceOfSatisfying(RestoreException.class, (ex) -> assertThat(ex.kind()).isEqualTo(Kind.PREFLIGHT))
			.hasMessageContaining("the backup has no checkpoint of channel");
		assertThat(this.harness.fake.find("books_r")).isNull();
	}

	private void severalTargets() {
		this.harness.suffix = "";
		this.harness.details = new RestoreDetails(
				new RestoreMapping(List.of(
						new DatabaseMapping("default", "archive",
								List.of(new CollectionMapping("books", "books", 0, null),
										new CollectionMapping("books", "twin", 1, null))),
						new DatabaseMapping("default", "default",
								List.of(new CollectionMapping("books", "books", 0, null)))),
						CollectionFilter.ALL),
				0, SkipParams.NONE, false, Wishes.NONE);
	}

	private static RestoreDetails mapping(CollectionMapping... collections) {
		return new RestoreDetails(
				new RestoreMapping(List.of(new DatabaseMapping("default", "archive", List.of(collections))),
						CollectionFilter.ALL),
				0, SkipParams.NONE, false, Wishes.NONE);
	}

	private void load(Load load) {
		this.harness.options = new Options(true, false, false, false, false, false);
		this.harness.details = wishes(new Wishes(false, load, false, false));
	}

	private RestoreException assertRefused(String... causes) throws Exception {
		RestoreException refusal = (RestoreException) RestoreHarness.failure(this.harness.restore());
		assertThat(refusal.kind()).isEqualTo(Kind.PREFLIGHT);
		assertThat(refusal).hasMessageContainingAll(causes);
		assertThat(this.harness.fake.find("books_r")).isNull();
		return refusal;
	}

	private static RestoreDetails wishes(Wishes wishes) {
		return new RestoreDetails(null, 0, SkipParams.NONE, false, wishes);
	}

	private void restore() throws Exception {
		assertThat(this.harness.restore().getStatus()).as(this.harness.outcome().toString())
			.isEqualTo(BatchStatus.COMPLETED);
	}

	private Collection describe(String name) {
		return this.harness.calls.milvus().catalog().describe(CollectionName.parse(name));
	}

}
