package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.retention.RetentionPolicy;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.Fault.Operation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups of the snapshot format under the verbs that are for all backups: delete,
 * expire, verify, status.
 */
class SnapshotRunsTest {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final RunsHarness harness;

	SnapshotRunsTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory, "3.0");
	}

	@BeforeEach
	void fill() {
		this.harness.fake.snapshots().addBucket("a-bucket", this.harness.milvusStore);
		this.harness.fake.snapshots().addBucket("bk-bucket", this.harness.backups);
		this.harness.fake.collection("a").insertSegment("_default", 10);
		this.harness.fake.collection("b").insertSegment("_default", 20);
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void deleteRemovesEverythingBelowTheBackupAndNothingElse() {
		this.harness.backups.put("backup/b10/bundle/insert_log/1/2/3/0/4", "of another one");
		complete();
		assertThat(bundle("b1")).isNotEmpty();
		this.harness.withRuns((runs) -> runs.delete(new BackupName("b1")));
		assertThat(this.harness.keys()).containsExactly("backup/b10/bundle/insert_log/1/2/3/0/4");
	}

	@Test
	void deleteRemovesAnIncompleteOneToo() {
		leaveIncomplete();
		this.harness.withRuns((runs) -> runs.delete(new BackupName("b1")));
		assertThat(this.harness.keys()).isEmpty();
		complete();
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void expireRemovesEverythingBelowTheOlderBackup() {
		complete();
		assertThat(this.harness.createNamed("b2").exitCode()).isEqualTo(ExitCode.COMPLETE);
		ExpireReport report = expire();
		assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(report.backups()).filteredOn(ExpireReport.Outcome::deleted).hasSize(1);
		assertThat(this.harness.keys()).isNotEmpty().allMatch((key) -> key.startsWith("backup/b2/"));
		assertThat(bundle("b2")).isNotEmpty();
	}

	@Test
	void expireRemovesAnIncompleteOneThatIsOldEnough() {
		leaveIncomplete();
		this.harness.backups.age(ObjectPrefix.of("backup/b1"), Instant.now().minus(Duration.ofDays(30)));
		assertThat(this.harness.createNamed("b2").exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(expire().exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(this.harness.keys()).isNotEmpty().allMatch((key) -> key.startsWith("backup/b2/"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void verifySeesAMissingAndACutObject(boolean deep) {
		complete();
		assertThat(this.harness.verify(deep).exitCode()).isEqualTo(ExitCode.COMPLETE);
		String missing = bundle("b1").get(0);
		String cut = bundle("b1").get(1);
		this.harness.backups.delete(List.of(new ObjectKey(missing)));
		this.harness.backups.put(cut, "x");
		VerifyReport report = this.harness.verify(deep);
		assertThat(report.exitCode()).isEqualTo(ExitCode.DAMAGED);
		assertThat(report.problems()).extracting((problem) -> problem.key()).contains(missing, cut);
	}

	@Test
	void theProgressOfAnExportIsWhatMilvusTells() {
		this.harness.fake.snapshots().hold("default.b");
		List<RunProgress> seen = new CopyOnWriteArrayList<>();
		try (Runs runs = this.harness.runs()) {
			CompletableFuture<RunSummary> create = CompletableFuture
				.supplyAsync(() -> runs.create(RunsHarness.request(""), seen::add));
			await(runs, RunKind.BACKUP, (progress) -> progress.segmentsDone() == 1);
			CopyProgress half = await(runs, RunKind.BACKUP, (progress) -> true);
			assertThat(half.objects()).as("all objects, of which Milvus has not told").isZero();
			assertThat(half.bytes()).isZero();
			assertThat(half.objectsDone()).isPositive();
			assertThat(half.bytesDone()).isPositive();
			assertThat(half.percent()).isEqualTo(50);
			this.harness.fake.snapshots().tell("default.b", 5, 10);
			CopyProgress more = await(runs, RunKind.BACKUP, (progress) -> progress.objects() > 0);
			assertThat(more).isEqualTo(
					new CopyProgress(2, 1, half.objectsDone() + 10, half.objectsDone() + 5, 0, half.bytesDone(), 75));
			Awaitility.await().atMost(PATIENCE).until(() -> seen.stream().anyMatch(isSame(more)));
			this.harness.fake.snapshots().letOn("default.b");
			assertThat(create.join().exitCode()).isEqualTo(ExitCode.COMPLETE);
			CopyProgress end = await(runs, RunKind.BACKUP, (progress) -> true);
			assertThat(end.percent()).isEqualTo(100);
			assertThat(end.objectsDone()).isEqualTo(end.objects()).isEqualTo(bundle("b1").size());
			assertThat(end.bytesDone()).isEqualTo(end.bytes()).isEqualTo(create.join().bytes());
		}
	}

	@Test
	void theProgressOfARestoreIsReckonedFromItsPercentage() {
		complete();
		this.harness.fake.snapshots().hold("default.a_r");
		this.harness.fake.snapshots().hold("default.b_r");
		try (Runs runs = this.harness.runs()) {
			CompletableFuture<RunSummary> restore = CompletableFuture
				.supplyAsync(() -> runs.restore(restoreRequest(), ProgressListener.NONE));
			Awaitility.await().atMost(PATIENCE).until(() -> this.harness.fake.snapshots().submitted() == 4);
			this.harness.fake.snapshots().tell("default.a_r", 30, 100);
			this.harness.fake.snapshots().tell("default.b_r", 30, 100);
			CopyProgress some = await(runs, RunKind.RESTORE, (progress) -> progress.percent() > 25);
			assertThat(some.bytes()).isEqualTo(bundleBytes());
			assertThat(some.bytesDone()).isBetween(some.bytes() * 30 / 100 - 2, some.bytes() * 30 / 100);
			assertThat(some.objectsDone()).isZero();
			this.harness.fake.snapshots().letOn("default.a_r");
			this.harness.fake.snapshots().letOn("default.b_r");
			assertThat(restore.join().exitCode()).isEqualTo(ExitCode.COMPLETE);
			CopyProgress end = await(runs, RunKind.RESTORE, (progress) -> true);
			assertThat(end).isEqualTo(new CopyProgress(2, 2, 2, 2, some.bytes(), some.bytes()));
		}
	}

	private static Predicate<RunProgress> isSame(CopyProgress expected) {
		return (progress) -> progress.objects() == expected.objectsDone()
				&& progress.totalObjects() == expected.objects() && progress.bytes() == expected.bytesDone()
				&& progress.totalBytes() == expected.bytes();
	}

	private static CopyProgress await(Runs runs, RunKind kind, Predicate<CopyProgress> reached) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> runs.lookUp().newest(kind, "b1").map(RunDetail::progress),
					(progress) -> progress.filter(reached).isPresent())
			.orElseThrow();
	}

	private static RestoreRequest restoreRequest() {
		return new RestoreRequest(new BackupName("b1"), CollectionFilter.ALL, CollectionFilter.ALL, "_r", List.of(),
				new RestoreRequest.Options(false, false, false, false, false, false), null);
	}

	private void complete() {
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	private void leaveIncomplete() {
		this.harness.target.on(Operation.WRITE).key("full_meta.json").fail();
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.FAILED);
		this.harness.target.heal();
		assertThat(this.harness.state()).isEqualTo(BackupEntry.State.INCOMPLETE);
		assertThat(bundle("b1")).isNotEmpty();
	}

	private ExpireReport expire() {
		RetentionPolicy policy = new RetentionPolicy(1, 0, 0, 0, Duration.ZERO, Duration.ofDays(7));
		try (Runs runs = this.harness.runs()) {
			return runs.expire(new ExpireRequest("", policy, true), ProgressListener.NONE);
		}
	}

	private List<String> bundle(String backup) {
		return this.harness.keys().stream().filter((key) -> key.startsWith("backup/" + backup + "/bundle/")).toList();
	}

	private long bundleBytes() {
		return bundle("b1").stream().mapToLong((key) -> this.harness.backups.bytes(key).length).sum();
	}

}
