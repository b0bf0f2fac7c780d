package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.manifest.BackupEntry.State;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.testing.Fault;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.GoldenBackups;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a {@code create} does about what is there already.
 */
class BackupServiceTest {

	private static final int OBJECTS = 3 * 5;

	private final RunsHarness harness;

	private FakeCollection collection;

	BackupServiceTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory);
	}

	@BeforeEach
	void fill() {
		this.collection = this.harness.fake.collection("a");
		for (int i = 0; i < 3; i++) {
			this.collection.insertSegment("_default", 10);
		}
		this.harness.fake.collection("b");
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void whereNothingIsABackupIsMade() {
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.objectsCopied()).isEqualTo(OBJECTS);
		assertThat(summary.objectsReused()).isZero();
		assertThat(summary.restarts()).isZero();
		assertThat(summary.rows()).isEqualTo(30);
		assertThat(summary.collections()).extracting(RunSummary.CollectionResult::name)
			.containsExactly("default.a", "default.b");
		assertThat(this.harness.state()).isEqualTo(State.COMPLETE);
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(this.harness.keys()).doesNotContain(this.harness.key(MetaFile.LEASE),
				this.harness.key(MetaFile.DRAFT));
	}

	@Test
	void theSameRequestFindsItsBackupComplete() {
		this.harness.create("");
		this.harness.target.heal();
		RunSummary again = this.harness.create("");
		assertThat(again.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(again.message()).contains("already complete");
		assertThat(again.objectsCopied()).isZero();
		assertThat(again.objectsReused()).isEqualTo(OBJECTS);
		assertThat(this.harness.target.calls(Operation.COPY)).isZero();
		assertThat(this.harness.state()).isEqualTo(State.COMPLETE);
	}

	@Test
	void anotherRequestIsToldTheDifferenceToTheBackup() {
		this.harness.create("");
		refused("default.a", "there is a backup of this name that was requested with other options: filter was ''"
				+ " and is now 'default.a'");
		assertThat(this.harness.state()).isEqualTo(State.COMPLETE);
	}

	@Test
	void theSameRequestGoesOnWithAnUnfinishedBackup() {
		failInTheMiddle();
		assertThat(this.harness.state()).isEqualTo(State.INCOMPLETE);
		this.harness.target.heal();
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.restarts()).isOne();
		assertThat(summary.objectsReused()).isEqualTo(10);
		assertThat(summary.objectsCopied()).isEqualTo(5);
		assertThat(this.harness.target.calls(Operation.COPY)).isEqualTo(5);
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void anotherRequestIsToldTheDifferenceToTheUnfinishedBackup() {
		failInTheMiddle();
		refused("default.a,default.b", "there is an unfinished backup of this name");
		assertThat(this.harness.state()).isEqualTo(State.INCOMPLETE);
	}

	@Test
	void anUnfinishedBackupThatWasDeletedBeginsAnew() {
		failInTheMiddle();
		this.harness.delete();
		assertThat(this.harness.state()).isNull();
		this.harness.target.heal();
		this.collection.insertSegment("_default", 10);
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.restarts()).isZero();
		assertThat(summary.objectsCopied()).isEqualTo(20);
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void aBackupThatWasDeletedIsMadeAgain() {
		long first = this.harness.create("").run();
		this.harness.delete();
		this.harness.target.heal();
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.run()).isNotEqualTo(first);
		assertThat(summary.objectsCopied()).isEqualTo(OBJECTS);
		assertThat(this.harness.state()).isEqualTo(State.COMPLETE);
	}

	@Test
	void aBackupOfAnotherToolKeepsItsName() {
		copyGolden();
		refused("", "there is a backup of this name that another tool made");
	}

	@Test
	void aBackupOfAnotherToolKeepsItsNameAlsoWhereARunOfThisNameIsKnown() {
		this.harness.create("");
		this.harness.delete();
		copyGolden();
		refused("", "there is a backup of this name that another tool made");
	}

	@Test
	void withoutItsJobRepositoryABackupGoesOnFromTheDraft() {
		failInTheMiddle();
		this.harness.target.heal();
		this.harness.repository = "another";
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(this.harness.target.calls(Operation.COPY)).isEqualTo(5);
		assertThat(summary.objectsReused()).isEqualTo(10);
		assertThat(summary.collections()).hasSize(2);
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void withoutItsJobRepositoryAnotherRequestIsRefused() {
		failInTheMiddle();
		this.harness.target.heal();
		this.harness.repository = "another";
		refused("default.a", "filter was '' and is now 'default.a'");
	}

	@Test
	void anAdoptionThatBreaksOffLosesNoCollection() {
		this.harness.fake.collection("c").insertSegment("_default", 10);
		failInTheMiddle();
		this.harness.target.heal();
		this.harness.repository = "another";
		this.harness.target.on(Operation.LIST).key("insert_log/" + this.harness.fake.find("c").id()).nth(1).fail();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.harness.create(""));
		this.harness.target.heal();
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.collections()).hasSize(3);
		assertThat(summary.rows()).isEqualTo(40);
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(this.harness.verify().objects()).isEqualTo(20);
	}

	@Test
	void withoutItsJobRepositoryACompleteBackupIsComplete() {
		this.harness.create("");
		this.harness.target.heal();
		this.harness.repository = "another";
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.message()).contains("already complete");
		assertThat(this.harness.target.calls(Operation.COPY)).isZero();
		refused("default.a", "filter was '' and is now 'default.a'");
	}

	@Test
	void whatIsCompletedFromElsewhereIsCompleteHereToo() {
		failInTheMiddle();
		this.harness.target.heal();
		this.harness.repository = "another";
		this.harness.create("");
		this.harness.target.heal();
		this.harness.repository = "repository";
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.message()).contains("already complete");
		assertThat(this.harness.target.calls(Operation.COPY)).isZero();
		assertThat(this.harness.target.calls(Operation.WRITE)).isOne();
	}

	@Test
	void objectsWithoutADraftAreNotTouched() {
		this.harness.backups.put("backup/b1/binlogs/insert_log/1/2/3/3/4/5", "x");
		refused("", "there are objects of an unfinished backup that cannot be gone on with");
		assertThat(this.harness.keys()).containsExactly("backup/b1/binlogs/insert_log/1/2/3/3/4/5");
	}

	@Test
	void aBackupOfALongerNameIsAnotherOne() {
		this.harness.backups.put("backup/b10/binlogs/insert_log/1/2/3/3/4/5", "x");
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void aDraftThatCannotBeReadIsNotGoneOnWith() {
		failInTheMiddle();
		this.harness.target.heal();
		this.harness.backups.put(this.harness.key(MetaFile.DRAFT), "{");
		assertThatExceptionOfType(dev.milvusbackup.BackupException.class).isThrownBy(() -> this.harness.create(""))
			.satisfies((ex) -> assertThat(ExitCodes.of(ex)).isNotEqualTo(ExitCode.COMPLETE));
		assertThat(this.harness.state()).isEqualTo(State.INCOMPLETE);
	}

	@Test
	void aRequestThatCannotBeReadIsAnotherOne() {
		this.harness.create("");
		this.harness.backups.put(this.harness.key(MetaFile.REQUEST), "nonsense");
		refused("", "requested with other options");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "{}", "{\"owner\":null,\"heartbeat\":null}",
			"{\"owner\":{},\"heartbeat\":\"yesterday\"}", "[]" })
	void aLeaseThatCannotBeReadIsNobodys(String content) {
		this.harness.backups.put(this.harness.key(MetaFile.LEASE), content);
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(this.harness.keys()).doesNotContain(this.harness.key(MetaFile.LEASE));
	}

	@Test
	void anExpiredLeaseOfAnotherHostIsTakenOver() {
		this.harness.putLease("elsewhere", Instant.now().minusSeconds(61).toString());
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void aFreshLeaseOfAnotherHostIsRespected() {
		this.harness.putLease("elsewhere", Instant.now().minusSeconds(30).toString());
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> this.harness.create(""))
			.withMessageContaining("process 4711 on elsewhere is at it")
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCode.RUNNING));
		assertThat(this.harness.keys()).containsExactly(this.harness.key(MetaFile.LEASE));
	}

	@Test
	void aLeaseThatCannotBeGivenBackDoesNotSpoilTheBackup() {
		this.harness.target.on(Operation.DELETE).key("lease.json").fail();
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(this.harness.state()).isEqualTo(State.COMPLETE);
	}

	@Test
	void aLeaseThatCannotBeWrittenStopsTheBackupAndNotTheNextOne() {
		this.harness.target.on(Operation.WRITE).key("lease.json").nth(1).fail();
		this.harness.withRuns((runs) -> {
			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> runs.create(RunsHarness.request(""), ProgressListener.NONE));
			assertThat(runs.create(RunsHarness.request(""), ProgressListener.NONE).exitCode())
				.isEqualTo(ExitCode.COMPLETE);
		});
	}

	@Test
	void ofTwoAtOnceOneRunsAndTheOtherIsTold() throws Exception {
		Fault.Hang hang = this.harness.target.on(Operation.COPY).nth(1).hang();
		try (Runs runs = this.harness.runs(); Runs others = this.harness.runs()) {
			CompletableFuture<RunSummary> first = CompletableFuture
				.supplyAsync(() -> runs.create(RunsHarness.request(""), ProgressListener.NONE));
			Awaitility.await().until(hang::reached);
			for (Runs second : List.of(runs, others)) {
				assertThatExceptionOfType(LaunchException.class)
					.isThrownBy(() -> second.create(RunsHarness.request(""), ProgressListener.NONE))
					.withMessageContaining("process " + ProcessHandle.current().pid())
					.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCode.RUNNING));
			}
			assertThatExceptionOfType(LaunchException.class).isThrownBy(this.harness::delete);
			hang.release();
			assertThat(first.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.COMPLETE);
		}
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void withAnotherJobRepositoryTheLeaseBesideTheBackupKeepsTwoApart() throws Exception {
		Fault.Hang hang = this.harness.target.on(Operation.COPY).nth(1).hang();
		try (Runs runs = this.harness.runs()) {
			CompletableFuture<RunSummary> first = CompletableFuture
				.supplyAsync(() -> runs.create(RunsHarness.request(""), ProgressListener.NONE));
			Awaitility.await().until(hang::reached);
			this.harness.repository = "another";
			assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> this.harness.create(""))
				.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCode.RUNNING));
			hang.release();
			assertThat(first.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.COMPLETE);
		}
	}

	@Test
	void closingStopsTheBackupWhichThenGoesOn() throws Exception {
		Fault.Hang hang = this.harness.target.on(Operation.COPY).nth(7).hang();
		Runs runs = this.harness.runs();
		CompletableFuture<RunSummary> running = CompletableFuture
			.supplyAsync(() -> runs.create(RunsHarness.request(""), ProgressListener.NONE));
		Awaitility.await().until(hang::reached);
		runs.close();
		RunSummary stopped = running.get(30, TimeUnit.SECONDS);
		assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED);
		assertThat(stopped.hint()).contains("same command");
		assertThat(this.harness.keys()).doesNotContain(this.harness.key(MetaFile.LEASE));
		assertThat(this.harness.state()).isEqualTo(State.INCOMPLETE);
		this.harness.target.heal();
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.restarts()).isOne();
	}

	@Test
	void anEndThatWasNotRecordedIsNotRepeated() {
		this.harness.create("");
		this.harness.backups.put(this.harness.key(MetaFile.DRAFT), "left over");
		try (RepositoryContext repository = new RepositoryContext(this.harness.settings().repository())) {
			RunLedger runs = repository.get(RunLedger.class);
			runs.update(runs.runs(1).get(0).id(), RunState.OPEN, "");
		}
		this.harness.target.heal();
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(this.harness.target.calls(Operation.COPY)).isZero();
		assertThat(this.harness.keys()).doesNotContain(this.harness.key(MetaFile.DRAFT));
	}

	@Test
	void collectionsThatWereDroppedMeanwhileMakeItPartialForEver() {
		dropWhileCopying();
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.PARTIAL);
		assertThat(summary.collections()).filteredOn((result) -> result.name().equals("default.a"))
			.singleElement()
			.satisfies((result) -> {
				assertThat(result.status()).isEqualTo(RunSummary.CollectionResult.Status.SKIPPED);
				assertThat(result.reason()).contains("dropped");
			});
		assertThat(this.harness.state()).isEqualTo(State.COMPLETE);
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.PARTIAL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unknown", "nodb.*" })
	void aFilterThatFitsNothingLeavesNothing(String filter) {
		RunSummary summary = this.harness.create(filter);
		assertThat(summary.exitCode()).isEqualTo(ExitCode.USAGE);
		assertThat(summary.hint()).isNotBlank();
		assertThat(this.harness.keys()).isEmpty();
		assertThat(this.harness.state()).isNull();
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void aWrongRootPathLeavesNothingAndTheRightOneIsTaken() {
		this.harness.milvusRoot = "wrong";
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.USAGE);
		assertThat(this.harness.keys()).isEmpty();
		this.harness.milvusRoot = "files";
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void aFailedPlanGoesOnInTheSameRun() {
		this.harness.fake.faults().refused("GetPersistentSegmentInfo", 65535, "no idea");
		RunSummary failed = this.harness.create("");
		assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
		assertThat(this.harness.keys()).isEmpty();
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.run()).isEqualTo(failed.run());
		assertThat(summary.restarts()).isOne();
	}

	private void dropWhileCopying() {
		this.harness.target.on(Operation.COPY).nth(1).run(() -> {
			List<ObjectKey> keys = this.collection.segments()
				.stream()
				.flatMap((segment) -> this.collection.objects(segment).stream())
				.map(ObjectStat::key)
				.toList();
			this.harness.milvusStore.delete(keys);
			this.harness.fake.drop(this.collection);
		});
	}

	private void failInTheMiddle() {
		long segment = this.collection.segments().get(1).id();
		this.harness.target.on(Operation.COPY).key("/" + segment + "/").nth(2).fail();
		RunSummary failed = this.harness.create("");
		assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
		assertThat(failed.message()).contains("503");
	}

	private void copyGolden() {
		MemoryObjectStore golden = GoldenBackups.backups();
		golden.keys()
			.stream()
			.filter((key) -> key.startsWith("backup/golden_v0_5_16/"))
			.forEach((key) -> this.harness.backups.write(new ObjectKey(key.replace("golden_v0_5_16", "b1")),
					ObjectContent.of(golden.bytes(key))));
	}

	private void refused(String filter, String cause) {
		List<String> before = this.harness.keys();
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> this.harness.create(filter))
			.withMessageContaining(cause)
			.satisfies((ex) -> {
				assertThat(ex.exitCode()).isEqualTo(ExitCode.USAGE);
				assertThat(ex.hint()).contains("delete -n b1");
			});
		assertThat(this.harness.keys()).isEqualTo(before);
	}

}
