package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.List;

import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.testing.InterruptedCalls.Killed;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever goes wrong, in the end every row is there once.
 */
class RestoreRestartTest {

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new RestoreHarness();
		this.books = this.harness.fake.collection("books");
		this.books.insertSegment("_default", 30);
		this.books.insertSegment("novels", 20, 3);
		this.books.insertSegment("novels", 10);
		this.harness.backUp(this.books);
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "readManifest", "createCollections", "restoreIndexes", "importSegments", "importL0",
			"verifyRestore", "cleanStaging" })
	void goesOnAfterADeathBetweenSteps(String step) throws Exception {
		this.harness.listeners.add(new KillAt(step, true));
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.harness.listeners.clear();
		assertComplete(this.harness.restore(), 3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "readManifest", "createCollections", "importSegments", "verifyRestore", "cleanStaging" })
	void goesOnAfterADeathAtTheEndOfAStep(String step) throws Exception {
		this.harness.listeners.add(new KillAt(step, false));
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.harness.listeners.clear();
		assertComplete(this.harness.restore(), 3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "createCollection", "createPartition", "submit", "job", "flush" })
	void goesOnAfterADeathBehindACall(String call) throws Exception {
		this.harness.calls.after(call, new Killed());
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOf(Killed.class);
		assertComplete(this.harness.restore(), 3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "createCollection", "createPartition", "submit", "job", "flush" })
	void goesOnAfterADeathBeforeACall(String call) throws Exception {
		this.harness.calls.before(call, new Killed());
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOf(Killed.class);
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void anImportLeftSubmittingIsMatchedWithTheServersJob() throws Exception {
		this.harness.calls.after("submit", new Killed());
		this.harness.restore();
		assertThat(imports()).extracting(PlannedImport::state).contains(State.SUBMITTING);
		assertThat(this.harness.fake.imports().submitted()).isEqualTo(1);
		this.harness.restore();
		assertThat(this.harness.fake.imports().submitted()).isEqualTo(3);
		assertThat(imports()).extracting(PlannedImport::state).containsOnly(State.IMPORTED);
	}

	@Test
	void anAnswerLostOnTheWayDoesNotImportTwice() throws Exception {
		this.harness.fake.faults().loseAnswer("Import");
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void anImportThatNeverArrivedIsSentAgain() throws Exception {
		this.harness.fake.faults().unavailable("Import");
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void aFailedJobIsSentAgain() throws Exception {
		this.harness.fake.imports().failNext("no memory left");
		assertComplete(this.harness.restore(), 4);
	}

	@Test
	void whenNothingCanBeImportedTheRunFails() throws Exception {
		FakeCollection other = this.harness.fake.collection("other");
		other.insertSegment("_default", 5);
		this.harness.backup().add(other, this.books).write(this.harness.backupStore, this.harness.layout);
		for (int i = 0; i < 20; i++) {
			this.harness.fake.imports().failNext("no memory left");
		}
		JobExecution execution = this.harness.restore();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(RestoreHarness.failure(execution)).isInstanceOfSatisfying(RestoreException.class,
				(ex) -> assertThat(ex.kind()).isEqualTo(Kind.FAILED));
		assertThat(this.harness.outcome().get("default.other_r")).contains("no memory left");
	}

	@Test
	void oneBadCollectionDoesNotFailTheOthers() throws Exception {
		FakeCollection other = this.harness.fake.collection("other");
		other.insertSegment("_default", 5);
		this.harness.backup().add(other, this.books).write(this.harness.backupStore, this.harness.layout);
		this.harness.fake.faults().refused("CreateCollection", 65535, "no more shards");
		JobExecution execution = this.harness.restore();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(execution.getExitStatus().getExitCode()).isEqualTo(RestoreJobConfiguration.PARTIAL);
		assertThat(this.harness.outcome().values()).anyMatch((outcome) -> outcome.contains("no more shards"))
			.anyMatch("PLANNED"::equals);
		assertThat(this.harness.restore().getExitStatus()).isEqualTo(ExitStatus.COMPLETED);
		assertThat(this.harness.target("books_r").origins()).isEqualTo(this.books.origins());
		assertThat(this.harness.target("other_r").origins()).isEqualTo(other.origins());
		assertThat(this.harness.fake.imports().submitted()).isEqualTo(4);
	}

	@Test
	void aBadCollectionLeavesNoStagedFilesOfTheOthersAndNoneInTheEnd() throws Exception {
		this.harness.useOtherBucket();
		FakeCollection other = this.harness.fake.collection("other");
		other.insertSegment("_default", 5);
		this.harness.backup().add(other, this.books).write(this.harness.backupStore, this.harness.layout);
		this.harness.fake.faults().refused("CreateCollection", 65535, "no more shards");
		this.harness.restore();
		boolean booksFailed = this.harness.outcome().get("default.books_r").contains("no more shards");
		String good = booksFailed ? "default-other_r" : "default-books_r";
		assertThat(this.harness.milvusStore.keys()).noneMatch((key) -> key.startsWith("restore-temp-t1-" + good));
		assertThat(this.harness.restore().getExitStatus()).isEqualTo(ExitStatus.COMPLETED);
		assertThat(this.harness.milvusStore.keys()).noneMatch((key) -> key.startsWith("restore-temp"));
		assertThat(this.harness.target("books_r").origins()).isEqualTo(this.books.origins());
		assertThat(this.harness.target("other_r").origins()).isEqualTo(other.origins());
	}

	@Test
	void aStalledImportFailsTheStepAndTheRerunWaitsForTheSameJobs() throws Exception {
		this.harness.noProgress = Duration.ofMillis(150);
		this.harness.fake.imports().stall(true);
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOfSatisfying(RestoreException.class,
				(ex) -> assertThat(ex.kind()).isEqualTo(Kind.STALLED));
		assertThat(imports()).extracting(PlannedImport::state).containsOnly(State.SUBMITTED);
		this.harness.fake.imports().stall(false);
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void aJobThatTheServerLostAfterItsWorkIsKnownByItsRows() throws Exception {
		this.harness.calls.after("job", new Killed());
		this.harness.restore();
		this.harness.fake.imports().loaded();
		this.harness.calls.before("job",
				new MilvusException(MilvusException.Kind.NOT_FOUND, "no such job", null, null));
		assertComplete(this.harness.restore(), 3);
	}

	@Test
	void aJobThatTheServerLostBeforeItsWorkIsSentAgain() throws Exception {
		this.harness.fake.imports().stall(true);
		this.harness.calls.after("job", new Killed());
		this.harness.restore();
		int submitted = this.harness.fake.imports().submitted();
		this.harness.fake.restart();
		this.harness.fake.imports().stall(false);
		this.harness.calls.before("job",
				new MilvusException(MilvusException.Kind.NOT_FOUND, "no such job", null, null));
		JobExecution execution = this.harness.restore();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.fake.imports().submitted()).isGreaterThan(submitted);
		assertThat(this.harness.target("books_r").origins()).isEqualTo(this.books.origins());
	}

	@Test
	void aServerThatRestartsMeanwhileGetsTheFailedJobsAgain() throws Exception {
		this.harness.fake.imports().delay(Duration.ofMillis(200));
		this.harness.listeners.add(new StepExecutionListener() {
			@Override
			public void beforeStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals("importSegments")) {
					RestoreRestartTest.this.harness.calls.after("job", new Killed());
				}
			}
		});
		this.harness.restore();
		this.harness.listeners.clear();
		this.harness.fake.restart();
		JobExecution execution = this.harness.restore();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").origins()).isEqualTo(this.books.origins());
	}

	@Test
	void aRowTooFewIsDamage() throws Exception {
		atStep("verifyRestore", () -> {
			FakeCollection target = this.harness.target("books_r");
			target.removeSegment(target.segments().get(0).id());
		});
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOfSatisfying(RestoreException.class,
				(ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.DAMAGED);
					assertThat(ex).hasMessageContaining("default.books_r: expected 57 rows in the collection, found");
				});
	}

	@Test
	void aRowTooManyIsDamage() throws Exception {
		atStep("verifyRestore", () -> this.harness.target("books_r").insertSegment("_default", 1));
		assertThat(RestoreHarness.failure(this.harness.restore()))
			.hasMessageContaining("expected 57 rows in the collection, found 58");
	}

	@Test
	void aStopEndsThePollingAndLeavesTheJobsToTheNextExecution() throws Exception {
		this.harness.fake.imports().stall(true);
		this.harness.listeners.add(new StepExecutionListener() {
			@Override
			public void beforeStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals("importSegments")) {
					Thread.currentThread().interrupt();
				}
			}
		});
		JobExecution execution = this.harness.restore();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.STOPPED);
		this.harness.listeners.clear();
		this.harness.fake.imports().stall(false);
		assertComplete(this.harness.restore(), 3);
	}

	private void assertComplete(JobExecution execution, int submitted) {
		assertThat(execution.getAllFailureExceptions()).isEmpty();
		assertThat(execution.getExitStatus()).isEqualTo(ExitStatus.COMPLETED);
		assertThat(this.harness.target("books_r").origins()).isEqualTo(this.books.origins());
		assertThat(this.harness.target("books_r").rows()).isEqualTo(57);
		assertThat(this.harness.fake.imports().submitted()).isEqualTo(submitted);
	}

	private void atStep(String step, Runnable action) {
		this.harness.listeners.add(new StepExecutionListener() {
			@Override
			public void beforeStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals(step)) {
					action.run();
				}
			}
		});
	}

	private List<PlannedImport> imports() {
		return this.harness.ledgers.imports().imports(this.harness.runId);
	}

	private record KillAt(String step, boolean begin) implements StepExecutionListener {

		@Override
		public void beforeStep(StepExecution stepExecution) {
			if (this.begin && stepExecution.getStepName().equals(this.step)) {
				throw new Killed();
			}
		}

		@Override
		public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
			if (!this.begin && stepExecution.getStepName().equals(this.step)) {
				stepExecution.setStatus(BatchStatus.FAILED);
				return ExitStatus.FAILED;
			}
			return null;
		}

	}

}
