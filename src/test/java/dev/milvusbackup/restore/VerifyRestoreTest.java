package dev.milvusbackup.restore;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.milvusbackup.ledger.TargetProgress;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.testing.InterruptedCalls;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a restore finds wrong with its own result, and what it leaves open.
 */
class VerifyRestoreTest {

	private static final Map<String, String> HNSW = Map.of("index_type", "HNSW", "metric_type", "L2", "params",
			"{\"M\":8}");

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new RestoreHarness("2.6.5");
		this.books = this.harness.fake.collection("books").shards(2).property("collection.ttl.seconds", "99999999");
		this.books.index("vector", "v", HNSW).insertSegment("_default", 30);
		this.harness.options = new Options(true, false, false, false, false, false);
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void whatIsAsItWasHasNoNote() throws Exception {
		restore();
		assertThat(notes()).isEmpty();
	}

	@Test
	void aPropertyThatIsNotAsItWasIsDamage() throws Exception {
		meanwhile((target) -> target.property("collection.ttl.seconds", "1"));
		assertDamaged("property collection.ttl.seconds is 1 instead of 99999999");
	}

	@Test
	void whatTheServerAddsIsItsOwnAffair() throws Exception {
		meanwhile((target) -> target.property("new.in.this.release", "1"));
		restore();
		assertThat(notes()).isEmpty();
	}

	@Test
	void aFieldThatIsNotThereIsDamage() throws Exception {
		meanwhile((target) -> target.dropField("text"));
		assertDamaged("field text is missing");
	}

	@Test
	void aShardTooFewIsDamageUnlessItIsForced() throws Exception {
		meanwhile((target) -> target.shards(1));
		assertDamaged("the number of shards is 1 instead of 2");
		this.harness.details = new RestoreDetails(null, 0, SkipParams.NONE, false,
				new Wishes(false, Load.NO, false, true));
		restore();
		assertThat(notes()).containsExactly(Map.entry("default.books_r", "the number of shards is 1 instead of 2"));
	}

	@Test
	void anIndexThatIsMissingOrCouldNotBeBuiltIsDamage() throws Exception {
		this.books.index("text", "t", Map.of("index_type", "Trie"));
		meanwhile((target) -> target.failIndex("v", "out of memory").withoutIndex("t"));
		assertDamaged("the index of field text is missing", "Milvus failed to build index v: out of memory");
	}

	@Test
	void anIndexThatIsDescribedOtherwiseIsNoted() throws Exception {
		meanwhile((target) -> target.index("vector", "v", Map.of("index_type", "HNSW", "metric_type", "L2", "M", "8")));
		restore();
		assertThat(notes().get("default.books_r")).contains("the index of field vector is described otherwise");
	}

	@Test
	void rowsAreNotComparableWhenTheBackupCountsDeletedOnes() throws Exception {
		this.books.insertSegment("_default", 20, 3);
		restore();
		assertThat(notes()).containsExactly(Map.entry("default.books_r",
				"rows are not comparable: the backup counts 50 with deleted and expired ones, there are 47"));
	}

	@Test
	void deletesOfSegmentsOfTheirOwnMayBeOnTheirWay() throws Exception {
		this.books.history().insert("_default", 1, 2, 3);
		this.books.history().flush();
		this.books.history().delete(null, 2);
		this.books.history().flush();
		restore();
		assertThat(notes().get("default.books_r")).startsWith("rows are not comparable: the backup counts 33")
			.endsWith("before deletes that are on their way");
	}

	@Test
	void notesAreKeptOnceWhenTheRestoreGoesOn() throws Exception {
		this.books.insertSegment("_default", 20, 3);
		this.books.alias("library");
		this.harness.backUp(this.books);
		this.harness.calls.after("flush", new InterruptedCalls.Killed());
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(notes().get("default.books_r")).containsOnlyOnce("library' of").containsOnlyOnce("not comparable");
	}

	private void meanwhile(Consumer<FakeCollection> change) {
		this.harness.listeners.add(new StepExecutionListener() {
			@Override
			public void beforeStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals("verifyRestore")) {
					change.accept(VerifyRestoreTest.this.harness.target("books_r"));
				}
			}
		});
	}

	private void restore() throws Exception {
		this.harness.backUp(this.books);
		this.harness.requireRestored();
	}

	private void assertDamaged(String... causes) throws Exception {
		this.harness.backUp(this.books);
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOfSatisfying(RestoreException.class,
				(ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.DAMAGED);
					assertThat(ex).hasMessageContainingAll(causes);
				});
		assertThat(this.harness.outcome().get("default.books_r")).startsWith("FAILED");
	}

	private Map<String, String> notes() {
		Map<Long, TargetProgress> progress = this.harness.ledgers.targets().targets(this.harness.runId);
		return this.harness.ledgers.segments()
			.collections(this.harness.runId)
			.stream()
			.filter((collection) -> !progress.get(collection.collectionId()).note().isEmpty())
			.collect(Collectors.toMap((collection) -> collection.name(),
					(collection) -> progress.get(collection.collectionId()).note()));
	}

}
