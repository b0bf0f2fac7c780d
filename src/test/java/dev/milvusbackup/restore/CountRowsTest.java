package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.milvusbackup.ledger.TargetProgress;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.LoadState;
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
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows that a query counts after a restore.
 */
class CountRowsTest {

	private static final Map<String, String> HNSW = Map.of("index_type", "HNSW", "metric_type", "L2");

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		use("2.6.5");
	}

	private void use(String version) throws Exception {
		this.harness = new RestoreHarness(version);
		this.books = this.harness.fake.collection("books").index("vector", "v", HNSW);
		this.books.insertSegment("_default", 30);
		this.books.insertSegment("novels", 20, 2);
		this.harness.options = new Options(true, false, false, false, false, false);
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void whatIsLoadedIsCounted() throws Exception {
		this.books.load();
		wish(Load.AS_BEFORE, false);
		restore();
		assertThat(counts()).isEqualTo(1);
		assertThat(notes()).doesNotContain("a query");
	}

	@Test
	void rowsThatOnlyAQueryMissesAreDamage() throws Exception {
		this.books.load();
		this.books.alias("library");
		this.harness.details = new RestoreDetails(null, 0, SkipParams.NONE, false,
				new Wishes(false, Load.AS_BEFORE, true, false));
		before("releaseCollections", (target) -> {
			target.history().delete(null, 1);
			target.history().flush();
		});
		assertDamaged("a query finds 47 rows, 48 were restored");
		assertThat(this.harness.calls.milvus().catalog().aliases(CollectionName.parse("books"))).contains("library");
	}

	@Test
	void rowsTooManyAreDamage() throws Exception {
		this.books.load();
		wish(Load.AS_BEFORE, false);
		before("releaseCollections", (target) -> target.insertSegment("_default", 5));
		assertDamaged("a query finds 53 rows, 48 were restored");
	}

	@Test
	void afterTheCauseIsMendedTheSameRunGoesOn() throws Exception {
		this.books.load();
		wish(Load.AS_BEFORE, false);
		before("releaseCollections", (target) -> target.insertSegment("_default", 5));
		assertDamaged("a query finds 53 rows");
		this.harness.listeners.clear();
		FakeCollection target = this.harness.target("books_r");
		target.removeSegment(target.segments().get(target.segments().size() - 1).id());
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@Test
	void deletesOfSegmentsOfTheirOwnAreSeenButNotForeknown() throws Exception {
		this.books.history().insert("_default", 101, 102, 103);
		this.books.history().flush();
		this.books.history().delete(null, 102);
		this.books.history().flush();
		this.books.load();
		wish(Load.AS_BEFORE, false);
		restore();
		assertThat(notes()).contains("a query finds 50 rows of 51 restored ones");
	}

	@Test
	void ofACollectionThatIsLoadedInPartThatPartIsCounted() throws Exception {
		this.books.load("novels");
		wish(Load.AS_BEFORE, false);
		before("releaseCollections", (target) -> target.insertSegment("_default", 5));
		restore();
		assertThat(counts()).isEqualTo(1);
	}

	@Test
	void whatStaysUnloadedIsCountedOnRequestOnly() throws Exception {
		restore();
		assertThat(counts()).isZero();
		this.harness.close();
		use("2.6.5");
		wish(Load.NO, true);
		restore();
		assertThat(counts()).isEqualTo(1);
		assertThat(loadState()).isEqualTo(LoadState.NOT_LOADED);
	}

	@Test
	void whatIsDamagedIsNotLeftLoaded() throws Exception {
		wish(Load.NO, true);
		before("releaseCollections", (target) -> target.insertSegment("_default", 5));
		assertDamaged("a query finds 53 rows");
		assertThat(loadState()).isEqualTo(LoadState.NOT_LOADED);
	}

	@Test
	void countingGoesOnAfterAKill() throws Exception {
		wish(Load.NO, true);
		this.harness.backUp(this.books);
		this.harness.calls.after("count", new InterruptedCalls.Killed());
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(loadState()).isEqualTo(LoadState.NOT_LOADED);
	}

	@Test
	void countingNeedsTheIndexes() throws Exception {
		this.harness.options = Options.NONE;
		wish(Load.NO, true);
		this.harness.backUp(this.books);
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOfSatisfying(RestoreException.class,
				(ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.PREFLIGHT);
					assertThat(ex.hint()).isEqualTo("add --rebuild_index, or leave out --count_rows");
				});
	}

	@Test
	void whatHadNoIndexCannotBeCountedWhichIsNoted() throws Exception {
		this.books.withoutIndex("v");
		wish(Load.NO, true);
		restore();
		assertThat(notes())
			.contains("rows were not counted by a query: Milvus loads nothing whose vectors have no index");
	}

	@Test
	void aServerThatCannotCountIsRefused() throws Exception {
		this.harness.close();
		use("2.2.16");
		wish(Load.NO, true);
		this.harness.backUp(this.books);
		assertThat(RestoreHarness.failure(this.harness.restore()))
			.isInstanceOfSatisfying(RestoreException.class, (ex) -> assertThat(ex.kind()).isEqualTo(Kind.INCOMPATIBLE))
			.hasMessageContaining("cannot count rows by a query");
		assertThat(this.harness.fake.find("books_r")).isNull();
	}

	@Test
	void whatIsLoadedOnSuchAServerIsNotCounted() throws Exception {
		this.harness.close();
		use("2.2.16");
		this.books.load();
		wish(Load.AS_BEFORE, false);
		restore();
		assertThat(loadState()).isEqualTo(LoadState.LOADED);
	}

	@Test
	void whoMayNotQueryIsToldSoUnlessTheCountWasAskedFor() throws Exception {
		this.books.load();
		wish(Load.AS_BEFORE, false);
		MilvusException denied = new MilvusException(MilvusException.Kind.DENIED, "unable to count: PrivilegeQuery",
				null, null);
		this.harness.calls.before("count", denied);
		restore();
		assertThat(notes()).contains("rows were not counted by a query: unable to count: PrivilegeQuery");
		this.harness.close();
		use("2.6.5");
		wish(Load.NO, true);
		this.harness.backUp(this.books);
		this.harness.calls.before("count", denied);
		assertThat(RestoreHarness.failure(this.harness.restore())).isSameAs(denied);
	}

	@Test
	void rowsOfACollectionThatWasLoadedBeforeAreCountedTogether() throws Exception {
		existing();
		restore();
		assertThat(notes()).contains("a query finds 55 rows, those that were there before included; 48 were restored");
	}

	@Test
	void ofPartitionsOfItThatAreNotLoadedNothingIsCounted() throws Exception {
		FakeCollection there = this.harness.fake.collection("books_r").index("vector", "v", HNSW);
		there.insertSegment("_default", 7);
		there.load();
		this.harness.options = new Options(false, false, false, false, false, true);
		restore();
		assertThat(notes()).contains("a query finds 37 rows, those that were there before included; 30 were restored");
	}

	@Test
	void whereNoRowsAreRestoredNoneAreCounted() throws Exception {
		existing();
		this.harness.options = new Options(false, false, true, false, false, true);
		restore();
		assertThat(counts()).isZero();
		assertThat(notes()).isEmpty();
	}

	@Test
	void fewerRowsThanWereRestoredIntoItAreDamage() throws Exception {
		existing();
		before("releaseCollections",
				(target) -> List.copyOf(target.segments()).forEach((segment) -> target.removeSegment(segment.id())));
		assertDamaged("a query finds 0 rows, 48 were restored");
	}

	private void existing() {
		FakeCollection there = this.harness.fake.collection("books_r").index("vector", "v", HNSW);
		there.insertSegment("_default", 7);
		there.partition("novels");
		there.load();
		this.harness.options = new Options(false, false, false, false, false, true);
	}

	private void wish(Load load, boolean count) {
		this.harness.details = new RestoreDetails(null, 0, SkipParams.NONE, false,
				new Wishes(false, load, false, false, count));
	}

	private void before(String step, Consumer<FakeCollection> change) {
		this.harness.listeners.add(new StepExecutionListener() {
			@Override
			public void beforeStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals(step)) {
					change.accept(CountRowsTest.this.harness.target("books_r"));
				}
			}
		});
	}

	private void restore() throws Exception {
		this.harness.backup()
			.version(this.harness.calls.milvus().catalog().version())
			.add(this.books)
			.write(this.harness.backupStore, this.harness.layout);
		JobExecution execution = this.harness.restore();
		assertThat(execution.getStatus()).as(execution.getAllFailureExceptions().toString())
			.isEqualTo(BatchStatus.COMPLETED);
	}

	private void assertDamaged(String cause) throws Exception {
		this.harness.backUp(this.books);
		assertThat(RestoreHarness.failure(this.harness.restore()))
			.isInstanceOfSatisfying(RestoreException.class, (ex) -> assertThat(ex.kind()).isEqualTo(Kind.DAMAGED))
			.hasMessageContaining(cause);
		assertThat(this.harness.outcome().get("default.books_r")).startsWith("FAILED");
	}

	private int counts() {
		return this.harness.fake.faults().calls("Query");
	}

	private LoadState loadState() {
		return this.harness.calls.milvus().catalog().describe(CollectionName.parse("books_r")).loadState();
	}

	private String notes() {
		return this.harness.ledgers.targets()
			.targets(this.harness.runId)
			.values()
			.stream()
			.map(TargetProgress::note)
			.reduce("", String::concat);
	}

}
