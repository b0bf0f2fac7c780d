package dev.milvusbackup.backup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedSnapshot;
import dev.milvusbackup.ledger.PlannedSnapshot.State;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.testing.Fault;
import dev.milvusbackup.testing.InterruptedCalls.Killed;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.verify.WholeVerification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Backups of the snapshot format, against the simulated Milvus 3.0.
 */
class SnapshotBackupTest {

	private final BackupHarness harness = harness();

	private FakeCollection books;

	private FakeCollection goods;

	private static BackupHarness harness() {
		try {
			return new BackupHarness("3.0");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@BeforeEach
	void fill() {
		this.harness.fake.snapshots().addBucket("a-bucket", this.harness.milvusStore);
		this.harness.fake.snapshots().addBucket("bk-bucket", this.harness.backups);
		this.books = this.harness.fake.collection("books");
		this.books.insertSegment("_default", 10);
		this.books.insertSegment("new", 5);
		this.goods = this.harness.fake.collection("shop.goods");
		this.goods.insertSegment("_default", 20);
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void aBackupHoldsABundleOfEachCollection() {
		complete();
		assertThat(this.harness.manifest().format()).isEqualTo(BackupFormat.SNAPSHOT);
		for (CollectionBackup collection : this.harness.manifest().collections()) {
			assertThat(collection.snapshot().metadataPath())
				.startsWith("bundle/snapshots/" + collection.collection().id() + "/metadata/");
			assertThat(collection.bytes()).isPositive().isEqualTo(collection.snapshot().bytes());
			assertThat(collection.collection().checkpoint().timestamp()).isPositive();
			assertThat(collection.collection().partitions()).isNotEmpty();
		}
		assertThat(this.harness.manifest().collections()).extracting((collection) -> collection.snapshot().rows())
			.containsExactlyInAnyOrder(15L, 20L);
		assertThat(this.harness.fake.faults().calls("Flush")).isEqualTo(2);
		assertThat(this.harness.fake.management().pauses()).isZero();
		assertThat(this.harness.backups.keys()).noneMatch((key) -> key.contains("/binlogs/"));
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
	}

	static Stream<Arguments> moments() {
		return Stream.of("create", "find", "export", "exportJob", "drop")
			.flatMap((call) -> Stream.of(Arguments.arguments(call, true), Arguments.arguments(call, false)));
	}

	/**
	 * As a kill does, this also keeps the snapshots from being dropped at the end.
	 */
	@ParameterizedTest
	@MethodSource("moments")
	void aKilledBackupIsCompletedAndLeavesNoSnapshot(String call, boolean before) {
		this.harness.fake.snapshots().delay(Duration.ofMillis(150));
		if (before) {
			this.harness.calls.before(call, new Killed());
		}
		else {
			this.harness.calls.after(call, new Killed());
		}
		StepExecutionListener kill = endOfStep(() -> this.harness.calls.before("drop", new Killed()));
		this.harness.listeners.add(kill);
		assertThat(this.harness.export().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.exists()).isFalse();
		this.harness.listeners.clear();
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
	}

	@Test
	void aLostAnswerDoesNotMakeTwoJobs() {
		this.harness.fake.snapshots().delay(Duration.ofMillis(100));
		this.harness.fake.faults().loseAnswer("ExportSnapshot").loseAnswer("ExportSnapshot");
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
	}

	@Test
	void anAnswerWithoutAJobIsFollowedByAnotherSnapshot() {
		this.harness.filter = CollectionFilter.parse("books");
		this.harness.fake.faults().emptyAnswer("ExportSnapshot");
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isOne();
		assertThat(this.harness.manifest().collections().get(0).snapshot().name()).endsWith("_2");
	}

	@Test
	void unavailabilityIsPatientlyWaitedOut() {
		for (String request : List.of("CreateSnapshot", "DescribeSnapshot", "GetExportSnapshotState", "DropSnapshot")) {
			this.harness.fake.faults().unavailable(request).unavailable(request).throttled(request);
		}
		complete();
	}

	@Test
	void aFailedExportIsTriedAgainAndLeavesNothing() {
		this.harness.filter = CollectionFilter.parse("books");
		String left = "backup/b1/bundle/insert_log/" + this.books.id() + "/1/2/0/3";
		this.harness.backups.put(left, "half");
		this.harness.fake.snapshots().failNext("no space left");
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
		assertThat(this.harness.backups.keys()).doesNotContain(left);
	}

	@Test
	void aCollectionThatCannotBeExportedFailsAlone() {
		this.harness.fake.faults().refused("CreateSnapshot", 65535, "segments are being imported");
		JobExecution execution = this.harness.export();
		assertThat(execution.getExitStatus().getExitCode()).isEqualTo(BackupJobConfiguration.PARTIAL);
		assertThat(this.harness.outcome().values()).containsOnlyOnce("PLANNED")
			.anySatisfy((outcome) -> assertThat(outcome).startsWith("FAILED").contains("being imported"));
		assertThat(this.harness.manifest().collections()).hasSize(1);
		assertThat(this.harness.fake.snapshots().names()).isEmpty();
		complete();
		assertThat(this.harness.manifest().collections()).hasSize(2);
	}

	@Test
	void nothingThatCanBeExportedIsAFailure() {
		for (int i = 0; i < 6; i++) {
			this.harness.fake.snapshots().failNext("no space left");
		}
		SourceException failure = BackupHarness.failure(this.harness.export(), SourceException.class);
		assertThat(failure).hasMessageContaining("no space left");
		assertThat(this.harness.exists()).isFalse();
		assertThat(this.harness.fake.snapshots().names()).isEmpty();
		complete();
	}

	@Test
	void aVanishedJobIsNotPolledForEver() {
		this.harness.filter = CollectionFilter.parse("books");
		this.harness.fake.snapshots().delay(Duration.ofHours(1));
		this.harness.calls.after("exportJob", new Killed());
		assertThat(this.harness.export().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.harness.fake.snapshots().forgetJobs();
		this.harness.fake.snapshots().delay(Duration.ZERO);
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
	}

	@Test
	void aVanishedJobThatHasEndedWellIsNotRepeated() {
		this.harness.filter = CollectionFilter.parse("books");
		this.harness.calls.after("exportJob", new Killed());
		assertThat(this.harness.export().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.harness.fake.snapshots().forgetJobs();
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isOne();
	}

	@Test
	void aJobThatStandsStillIsGivenUpAndFoundAgain() {
		hold();
		this.harness.noProgress = Duration.ofMillis(100);
		MilvusException failure = BackupHarness.failure(this.harness.export(), MilvusException.class);
		assertThat(failure).hasMessageContaining("no progress");
		this.harness.noProgress = Duration.ofSeconds(20);
		letOn();
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
	}

	@Test
	void aStoppedBackupDropsWhatItCanAndTheNextOneTheRest() {
		hold();
		this.harness.listeners.add(stopOfBothExports());
		assertThat(this.harness.export().getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(this.harness.fake.snapshots().names()).hasSize(2);
		assertThat(this.harness.ledger.snapshots().snapshots(this.harness.runId)).hasSize(2)
			.allMatch(PlannedSnapshot::held);
		this.harness.listeners.clear();
		letOn();
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
	}

	@Test
	void aFailedBackupDropsItsSnapshots() {
		this.harness.calls.before("export", new Killed());
		assertThat(this.harness.export().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.fake.snapshots().names()).isEmpty();
		complete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta/collection_meta.json", "meta/full_meta.json", "meta/backup_meta.json" })
	void aBackupWithoutItsDescriptionIsNone(String file) {
		this.harness.target.on(Fault.Operation.WRITE).key(file).nth(1).fail();
		assertThat(this.harness.export().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.exists()).isFalse();
		assertThat(this.harness.fake.snapshots().names()).isEmpty();
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
	}

	@Test
	void aCollectionThatIsGoneMeanwhileIsLeftOut() {
		this.harness.listeners.add(endOf("readMetadata", () -> this.harness.fake.drop(this.goods)));
		assertThat(this.harness.export().getExitStatus().getExitCode()).isEqualTo(BackupJobConfiguration.PARTIAL);
		assertThat(this.harness.outcome()).containsEntry("shop.goods/" + this.goods.id(),
				"SKIPPED it was dropped meanwhile");
		assertThat(this.harness.manifest().collections()).hasSize(1);
	}

	@Test
	void anotherCollectionOfTheSameNameIsNotTakenForIt() {
		this.harness.listeners.add(endOf("readMetadata", () -> {
			this.harness.fake.drop(this.goods);
			this.harness.fake.collection("shop.goods").insertSegment("_default", 1);
		}));
		assertThat(this.harness.export().getExitStatus().getExitCode()).isEqualTo(BackupJobConfiguration.PARTIAL);
		assertThat(this.harness.outcome()).containsEntry("shop.goods/" + this.goods.id(),
				"SKIPPED it was dropped and created again meanwhile");
		assertThat(this.harness.fake.snapshots().names()).isEmpty();
	}

	@Test
	void whatEarlierRunsLeftIsDropped() {
		Run other = this.harness.runs.open(new RunIdentity(RunKind.BACKUP, "here", "b1"), "b1", "f", "{}");
		PlannedCollection planned = new PlannedCollection(this.books.id(), "default.books", "{}",
				PlannedCollection.State.PLANNED, "");
		PlannedSnapshot left = PlannedSnapshot.planned(planned, "fake", 1, "mbk_left").taking();
		this.harness.calls.milvus().snapshots().create(CollectionName.parse("default.books"), "mbk_left");
		this.harness.ledger.snapshots().put(other.id(), left);
		complete();
		assertThat(this.harness.ledger.snapshots().snapshots(other.id())).noneMatch(PlannedSnapshot::held);
	}

	@Test
	void snapshotsOfALostLedgerAreFoundByTheNameInTheDraft() {
		this.harness.fake.snapshots().delay(Duration.ofMillis(200));
		this.harness.calls.after("exportJob", new Killed());
		this.harness.listeners.add(endOfStep(() -> this.harness.calls.before("drop", new Killed())));
		assertThat(this.harness.export().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.harness.listeners.clear();
		for (PlannedSnapshot known : this.harness.ledger.snapshots().snapshots(this.harness.runId)) {
			PlannedCollection collection = new PlannedCollection(known.collectionId(), known.collection(), "{}",
					PlannedCollection.State.PLANNED, "");
			this.harness.ledger.snapshots()
				.put(this.harness.runId, PlannedSnapshot.adopted(collection, known.server(), known.name()));
		}
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
	}

	@Test
	void anExportThatLandsElsewhereIsNotTakenForTheBackup() {
		MemoryObjectStore elsewhere = new MemoryObjectStore();
		this.harness.fake.snapshots().addBucket("bk-bucket", elsewhere);
		SourceException failure = BackupHarness.failure(this.harness.export(), SourceException.class);
		assertThat(failure.kind()).isEqualTo(SourceException.Kind.PREFLIGHT);
		assertThat(failure.hint()).contains("milvusAddress");
		assertThat(this.harness.exists()).isFalse();
		this.harness.fake.snapshots().addBucket("bk-bucket", this.harness.backups);
		complete();
	}

	private void complete() {
		JobExecution execution = this.harness.export();
		assertThat(execution.getStatus()).as(execution.getAllFailureExceptions().toString())
			.isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.fake.snapshots().names()).isEmpty();
		assertThat(this.harness.ledger.snapshots().snapshots(this.harness.runId)).isNotEmpty()
			.allMatch((snapshot) -> snapshot.state() == State.EXPORTED && !snapshot.held());
		assertThat(WholeVerification.deep(this.harness.backups, this.harness.layout).problems()).isEmpty();
		assertThat(new ManifestStore(this.harness.backups).exists(this.harness.layout)).isTrue();
		assertThat(this.harness.backups.keys()).doesNotContain(this.harness.layout.meta(MetaFile.DRAFT).value());
	}

	private static StepExecutionListener endOfStep(Runnable action) {
		return endOf("exportSnapshots", action);
	}

	private static StepExecutionListener endOf(String step, Runnable action) {
		return new StepExecutionListener() {
			@Override
			public ExitStatus afterStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals(step)) {
					action.run();
				}
				return stepExecution.getExitStatus();
			}
		};
	}

	private StepExecutionListener stopOfBothExports() {
		return new StepExecutionListener() {
			@Override
			public void beforeStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals("exportSnapshots")) {
					CompletableFuture.runAsync(() -> {
						await().atMost(Duration.ofMinutes(2))
							.until(() -> SnapshotBackupTest.this.harness.fake.snapshots().submitted() == 2);
						stepExecution.setTerminateOnly();
					});
				}
			}
		};
	}

	private void hold() {
		this.harness.fake.snapshots().hold("default.books");
		this.harness.fake.snapshots().hold("shop.goods");
	}

	private void letOn() {
		this.harness.fake.snapshots().letOn("default.books");
		this.harness.fake.snapshots().letOn("shop.goods");
	}

}
