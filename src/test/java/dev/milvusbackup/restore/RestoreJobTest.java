package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeImports.LoadedSegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RestoreJobTest {

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new RestoreHarness();
		this.books = this.harness.fake.collection("books");
		this.books.insertSegment("_default", 30);
		this.books.insertSegment("novels", 20, 3);
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void restoresUnderASuffix() throws Exception {
		FakeCollection other = this.harness.fake.collection("db2.books");
		other.insertSegment("_default", 7);
		FakeCollection empty = this.harness.fake.collection("empty");
		this.harness.backUp(this.books, other, empty);
		JobExecution execution = this.harness.restore();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").origins()).isEqualTo(this.books.origins());
		assertThat(this.harness.target("books_r").rows()).isEqualTo(47);
		assertThat(this.harness.target("db2.books_r").rows()).isEqualTo(7);
		assertThat(this.harness.target("empty_r").rows()).isZero();
		assertThat(this.harness.outcome())
			.isEqualTo(Map.of("default.books_r", "PLANNED", "db2.books_r", "PLANNED", "default.empty_r", "PLANNED"));
	}

	@Test
	void segmentsGoIntoTheirPartitionsWithTheirDeletes() throws Exception {
		this.harness.backUp(this.books);
		this.harness.restore();
		assertThat(this.harness.fake.imports().loaded()).extracting(LoadedSegment::partition, LoadedSegment::rows)
			.containsExactlyInAnyOrder(tuple("_default", 30L), tuple("novels", 17L));
		assertThat(this.harness.ledgers.imports().imports(this.harness.runId)).extracting(PlannedImport::paths)
			.allSatisfy((paths) -> assertThat(paths.get(0)).startsWith("backup/b1/binlogs/insert_log/").endsWith("/"))
			.anySatisfy((paths) -> assertThat(paths.get(1)).isEmpty())
			.anySatisfy((paths) -> assertThat(paths.get(1)).startsWith("backup/b1/binlogs/delta_log/").endsWith("/"));
	}

	@Test
	void renamesIntoADatabaseThatIsCreated() throws Exception {
		this.harness.suffix = "";
		this.harness.renames = List.of("default.*:archive.*");
		this.harness.backUp(this.books);
		this.harness.restore();
		assertThat(this.harness.target("archive.books").rows()).isEqualTo(47);
	}

	@Test
	void createsOnlyDatabasesThatATargetNeeds() throws Exception {
		FakeCollection other = this.harness.fake.collection("db2.books");
		this.harness.backUp(other);
		this.harness.suffix = "";
		this.harness.renames = List.of("db2.books:db3.books");
		this.harness.restore();
		assertThat(this.harness.fake.faults().calls("CreateDatabase")).isEqualTo(1);
		assertThat(this.harness.target("db3.books").rows()).isZero();
	}

	@Test
	void whatIsCreatedSlowsDownUntilTheServerTakesIt() throws Exception {
		this.harness.close();
		this.harness = new RestoreHarness("2.3.5");
		FakeCollection[] collections = new FakeCollection[8];
		for (int i = 0; i < collections.length; i++) {
			collections[i] = this.harness.fake.collection("shop" + i + ".c");
			collections[i].insertSegment("old", 2);
			collections[i].index("vector", "v", Map.of("index_type", "FLAT", "metric_type", "L2"));
		}
		this.harness.backUp(collections);
		this.harness.options = new Options(true, false, false, false, false, false);
		for (String request : List.of("CreateCollection", "CreatePartition", "CreateIndex")) {
			this.harness.fake.faults().limitRate(request, 2);
		}
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		for (FakeCollection collection : collections) {
			FakeCollection restored = this.harness.target(collection.name() + "_r");
			assertThat(restored.description()).isEqualTo(collection.description());
			assertThat(restored.visible()).isEqualTo(collection.visible());
		}
		assertThat(this.harness.fake.faults().calls("CreateCollection")).isGreaterThan(collections.length)
			.isLessThan(4 * collections.length);
		assertThat(this.harness.fake.faults().calls("CreateIndex")).isLessThan(4 * collections.length);
	}

	@Test
	void filterSelectsTargets() throws Exception {
		FakeCollection other = this.harness.fake.collection("other");
		this.harness.backUp(this.books, other);
		this.harness.filter = CollectionFilter.parse("books_r");
		this.harness.restore();
		assertThat(this.harness.outcome()).containsOnlyKeys("default.books_r");
		assertThat(this.harness.fake.find("other_r")).isNull();
	}

	@Test
	void metadataAloneImportsNothing() throws Exception {
		this.harness.backUp(this.books);
		this.harness.options = new Options(false, false, true, false, false, false);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").rows()).isZero();
		assertThat(this.harness.fake.imports().submitted()).isZero();
	}

	@Test
	void indexesAreRebuiltOnRequest() throws Exception {
		this.books.index("vector", "v", Map.of("index_type", "HNSW", "metric_type", "L2"));
		this.harness.backUp(this.books);
		this.harness.options = new Options(true, false, false, false, false, false);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.calls.milvus().schema().indexes(this.harness.target("books_r").name())).singleElement()
			.satisfies((index) -> assertThat(index.params()).containsEntry("index_type", "HNSW"));
	}

	@Test
	void anAliasThatIsTakenIsNotedAndNoFailure() throws Exception {
		this.books.alias("library");
		this.harness.backUp(this.books);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.ledgers.targets().targets(this.harness.runId).values()).singleElement()
			.satisfies((progress) -> assertThat(progress.note()).contains("library"));
	}

	@Test
	void dropsWhatExistsOnRequest() throws Exception {
		this.harness.backUp(this.books);
		this.harness.fake.collection("books_r").insertSegment("_default", 1);
		this.harness.options = new Options(false, false, false, true, false, false);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").rows()).isEqualTo(47);
	}

	@Test
	void restoresIntoAnExistingCollectionOnRequest() throws Exception {
		this.harness.backUp(this.books);
		this.harness.fake.collection("books_r").insertSegment("_default", 1);
		this.harness.options = new Options(false, false, false, false, false, true);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").rows()).isEqualTo(48);
	}

	@Test
	void groupsOfOldBackupsAreImportedOnce() throws Exception {
		this.books.insertSegment("_default", 5);
		this.harness.backup().sharedGroup(1).add(this.books).write(this.harness.backupStore, this.harness.layout);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.fake.imports().submitted()).isEqualTo(2);
		assertThat(this.harness.target("books_r").rows()).isEqualTo(52);
	}

	@Test
	void stagesWhatMilvusCannotReadAndCleansUp() throws Exception {
		this.harness.useOtherBucket();
		this.harness.backUp(this.books);
		JobExecution execution = this.harness.restore();
		assertThat(execution.getAllFailureExceptions()).isEmpty();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").rows()).isEqualTo(47);
		assertThat(this.harness.ledgers.imports().imports(this.harness.runId)).extracting((each) -> each.paths().get(0))
			.allSatisfy((path) -> assertThat(path).startsWith("restore-temp-t1-default-books_r/binlogs/insert_log/"));
		assertThat(this.harness.milvusStore.keys()).noneMatch((key) -> key.startsWith("restore-temp"));
	}

	@Test
	void keepsStagedCopiesOnRequest() throws Exception {
		this.harness.useOtherBucket();
		this.harness.keepTempFiles = true;
		this.harness.backUp(this.books);
		this.harness.restore();
		assertThat(this.harness.milvusStore.keys()).anyMatch((key) -> key.startsWith("restore-temp"));
	}

}
