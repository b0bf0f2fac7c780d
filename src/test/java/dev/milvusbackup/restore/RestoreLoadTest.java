package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Replicas;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.testing.InterruptedCalls;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Collections that are loaded again as they were.
 */
class RestoreLoadTest {

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new RestoreHarness("2.6.11");
		this.books = this.harness.books();
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void whatWasLoadedIsLoadedOnRequest() throws Exception {
		this.books.load("novels");
		this.harness.backUp(this.books);
		this.harness.options = new Options(true, false, false, false, false, false);
		this.harness.details = wishes(new Wishes(false, Load.AS_BEFORE, false, false));
		this.harness.requireRestored();
		Collection restored = this.harness.describe("books_r");
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
		this.harness.requireRefused("'default.books_r': Milvus loads them with their indexes only");
	}

	@Test
	void replicasAndResourceGroupsAreRestored() throws Exception {
		this.harness.fake.resourceGroup("hot", 1);
		this.harness.fake.resourceGroup("cold", 1);
		this.books.replicas(2, "cold", "hot");
		this.harness.backUp(this.books);
		load(Load.AS_BEFORE);
		this.harness.requireRestored();
		assertThat(this.harness.describe("books_r").replicas()).isEqualTo(new Replicas(2, List.of("cold", "hot")));
	}

	@Test
	void aMissingResourceGroupIsRefusedBeforeAnythingIsDoneUnlessAnyWillDo() throws Exception {
		this.books.replicas(2, "cold");
		this.harness.backUp(this.books);
		load(Load.AS_BEFORE);
		RestoreException refusal = this.harness.requireRefused("the target has no resource group cold");
		assertThat(refusal.hint()).contains("--load_anywhere");
		load(Load.ANYWHERE);
		this.harness.requireRestored();
		assertThat(this.harness.describe("books_r").replicas())
			.isEqualTo(new Replicas(1, List.of("__default_resource_group")));
	}

	@Test
	void moreReplicasThanQueryNodesAreRefused() throws Exception {
		this.harness.fake.resourceGroup("hot", 1);
		this.books.replicas(3);
		FakeCollection other = this.harness.fake.collection("other").replicas(2, "hot");
		other.index("vector", "v", Map.of("index_type", "HNSW", "metric_type", "L2"));
		this.harness.backUp(this.books, other);
		load(Load.AS_BEFORE);
		this.harness.requireRefused(
				"default.books_r (3 replicas need as many query nodes, resource group __default_resource_group has 2)",
				"default.other_r (2 replicas need as many query nodes, resource group hot has 1)");
	}

	@Test
	void whatTheBackupDoesNotTellOfPartitionsIsLoadedAndNoted() throws Exception {
		this.books.load();
		Collection described = this.harness.describe("books");
		this.harness.backup()
			.add(described.withPartitions(described.partitions()
				.stream()
				.map((partition) -> new Partition(partition.id(), partition.name(), LoadState.NOT_LOADED))
				.toList()), this.books)
			.write(this.harness.backupStore, this.harness.layout);
		load(Load.AS_BEFORE);
		this.harness.requireRestored();
		assertThat(this.harness.describe("books_r").partitions())
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
		this.harness.requireRestored();
		assertThat(this.harness.describe("books_r").loadState()).isEqualTo(LoadState.LOADED);
		assertThat(this.harness.target("books_r").rows()).isEqualTo(50);
	}

	private void load(Load load) {
		this.harness.options = new Options(true, false, false, false, false, false);
		this.harness.details = wishes(new Wishes(false, load, false, false));
	}

	private static RestoreDetails wishes(Wishes wishes) {
		return new RestoreDetails(null, 0, SkipParams.NONE, false, wishes);
	}

}
