package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.List;

import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.ImportOrder;
import dev.milvusbackup.testing.InterruptedCalls.Killed;
import io.milvus.shaded.io.grpc.Status.Code;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Milvus 2.4 and later import by REST, several segments at once.
 */
class RestoreByRestTest {

	private static final String CREATE = "/v2/vectordb/jobs/import/create";

	private static final String DESCRIBE = "/v2/vectordb/jobs/import/describe";

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new RestoreHarness("2.6.11");
		this.books = this.harness.fake.collection("books");
		this.books.insertSegment("_default", 30);
		this.books.insertSegment("novels", 20, 3);
		this.books.insertSegment("novels", 10);
		this.books.withoutColumnGroups().insertSegment("novels", 7);
		this.harness.backUp(this.books);
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void oneJobTakesAllSegmentsOfAPartitionAndAStorageVersion() throws Exception {
		assertComplete(this.harness.restore(), 3);
		assertThat(this.harness.fake.imports().orders()).extracting((order) -> order.files().size())
			.containsExactlyInAnyOrder(1, 2, 1);
		assertThat(this.harness.fake.imports().orders()).extracting(ImportOrder::options)
			.allSatisfy((options) -> assertThat(options).containsEntry("backup", "true")
				.containsEntry("skip_disk_quota_check", "true")
				.doesNotContainKey("end_ts"));
		assertThat(imports()).extracting((planned) -> planned.extent().segments()).containsExactlyInAnyOrder(1, 2, 1);
	}

	@Test
	void deletesComeAfterAllDataOneJobEachBeforeMilvus265() throws Exception {
		assertDeletesComeLast("2.5.7", 2);
	}

	@Test
	void deletesOfOnePlaceGoIntoOneJobFromMilvus265On() throws Exception {
		assertDeletesComeLast("2.6.5", 1);
	}

	private void assertDeletesComeLast(String version, int jobs) throws Exception {
		this.harness.close();
		this.harness = new RestoreHarness(version);
		this.books = this.harness.fake.collection("books");
		this.books.history().insert("_default", 1, 2, 3);
		this.books.history().flush();
		this.books.history().delete(null, 2);
		this.books.history().flush();
		this.books.history().delete(null, 3);
		this.books.history().flush();
		this.harness.backUp(this.books);
		this.harness.restore();
		assertThat(this.harness.outcome()).containsValue("PLANNED");
		assertThat(this.harness.target("books_r").visible()).isEqualTo(this.books.visible());
		List<String> kinds = this.harness.fake.imports()
			.orders()
			.stream()
			.map((order) -> order.options().containsKey("l0_import") ? "deletes" : "data")
			.toList();
		assertThat(kinds).startsWith("data").endsWith("deletes");
		assertThat(kinds.stream().filter("deletes"::equals)).hasSize(jobs);
	}

	@Test
	void noJobTakesMoreSegmentsThanConfigured() throws Exception {
		for (int i = 0; i < 5; i++) {
			this.books.insertSegment("novels", 4);
		}
		this.harness.backUp(this.books);
		this.harness.segmentsPerImport = 2;
		assertComplete(this.harness.restore(), 5);
		assertThat(this.harness.fake.imports().orders()).extracting((order) -> order.files().size())
			.containsExactlyInAnyOrder(1, 2, 2, 2, 2);
	}

	@Test
	void aQuotaThatIsUsedUpDoesNotStopImports() throws Exception {
		this.harness.fake.imports().diskFull(true);
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void anErrorThatDoesNotTellWhatWasDoneDoesNotImportTwice() throws Exception {
		this.harness.fake.faults().loseAnswer(CREATE);
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void anErrorOfAServerThatHadDoneTheWorkDoesNotImportTwice() throws Exception {
		this.harness.fake.faults().failAfterwards(CREATE).pass(CREATE, 1).failAfterwards(CREATE);
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void aRequestThatFailedInTheServerIsSentAgain() throws Exception {
		this.harness.fake.faults().fail(CREATE, Code.INTERNAL).pass(CREATE, 1).fail(CREATE, Code.INTERNAL);
		assertComplete(this.harness.restore(), 3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "submit", "job", "jobs" })
	void goesOnAfterADeathBehindACall(String call) throws Exception {
		this.harness.calls.after(call, new Killed());
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOf(Killed.class);
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void aJobThatIsLeftBehindWhileItWaitsIsFoundAgain() throws Exception {
		this.harness.fake.imports().delay(Duration.ofMillis(300));
		this.harness.calls.after("submit", new Killed());
		this.harness.restore();
		assertThat(imports()).extracting(PlannedImport::state).contains(State.SUBMITTING);
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void aStateThatCannotBeAskedForAMomentIsAskedAgain() throws Exception {
		this.harness.fake.faults().fail(DESCRIBE, Code.INTERNAL).fail(DESCRIBE, Code.INTERNAL);
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void aServerThatTakesNoMoreJobsIsFedSlowly() throws Exception {
		this.harness.fake.imports().limit(1);
		this.harness.fake.imports().delay(Duration.ofMillis(100));
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void aJobThatTheServerForgotIsNotAskedForForEver() throws Exception {
		this.harness.fake.imports().stall(true);
		this.harness.calls.after("job", new Killed());
		this.harness.restore();
		this.harness.fake.imports().forget();
		this.harness.fake.imports().stall(false);
		this.harness.restore();
		assertThat(this.harness.outcome()).containsEntry("default.books_r", "PLANNED");
		assertThat(this.harness.target("books_r").visible()).isEqualTo(this.books.visible());
	}

	private List<PlannedImport> imports() {
		return this.harness.ledgers.imports().imports(this.harness.runId);
	}

	private void assertComplete(JobExecution execution, int submitted) {
		assertThat(execution.getStatus()).as(this.harness.outcome().toString()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").visible()).isEqualTo(this.books.visible());
		assertThat(this.harness.fake.imports().submitted()).isEqualTo(submitted);
		assertThat(imports()).extracting(PlannedImport::state).containsOnly(State.IMPORTED);
	}

}
