package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.retention.RetentionPolicy;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.testing.Fault.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Deletions of old backups as runs: recorded, stopped, and gone on with.
 */
class ExpireRunsTest {

	private static final ObjectPrefix ROOT = ObjectPrefix.of("backup");

	private static final Duration GRACE = Duration.ofDays(7);

	private static final int OBJECTS = 3;

	private final RunsHarness harness;

	ExpireRunsTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory);
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void aDryRunIsNotRecordedAndADeletionIs() {
		complete("n1", 3);
		complete("n2", 1);
		expire("n", 1, false);
		assertThat(newest()).isEmpty();
		ExpireReport report = expire("n", 1, true);
		RunDetail run = newest().orElseThrow();
		assertThat(run.run().id()).isEqualTo(report.run());
		assertThat(run.run().backup()).isEqualTo("n*");
		assertThat(run.phase()).isEqualTo(RunPhase.COMPLETE);
		assertThat(run.progress().segmentsDone()).isEqualTo(1);
		assertThat(run.progress().objectsDone()).isEqualTo(OBJECTS);
		assertThat(run.steps()).extracting((step) -> step.name()).containsExactly("selectBackups", "deleteBackups");
		assertThat(expire("n", 1, true).run()).isGreaterThan(report.run());
	}

	@Test
	void aFailedRunGoesOnAndTellsOfAllThatItHasDeleted() {
		complete("n1", 3);
		complete("n2", 2);
		complete("n3", 1);
		this.harness.target.on(Operation.DELETE).key("n2/binlogs").fail(denied());
		ExpireReport failed = expire("", 1, true);
		assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
		assertThat(failed.message()).isEqualTo("unable to delete 1 of the backups that expire");
		assertThat(newest().orElseThrow().phase()).isEqualTo(RunPhase.FAILED);
		this.harness.target.heal();
		RunSummary resumed = this.harness.inRuns((runs) -> runs.resume(failed.run(), ProgressListener.NONE));
		assertThat(resumed.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(resumed.run()).isEqualTo(failed.run());
		assertThat(resumed.restarts()).isEqualTo(1);
		assertThat(resumed.message()).isEqualTo("expire deleted 2 backups");
		assertThat(this.harness.keys()).containsExactlyInAnyOrderElementsOf(keys("n3"));
		RunSummary complete = this.harness.inRuns((runs) -> runs.resume(failed.run(), ProgressListener.NONE));
		assertThat(complete.message()).isEqualTo("expire deleted 2 backups");
	}

	/**
	 * What was the newest good backup after a planned one may be gone by then.
	 */
	@Test
	void whatToDeleteIsDecidedAnewWhenARunGoesOn() {
		complete("n1", 3);
		complete("n2", 2);
		this.harness.target.on(Operation.DELETE).key("n1/meta").fail(denied());
		assertThat(expire("", 1, true).exitCode()).isEqualTo(ExitCode.FAILED);
		this.harness.target.heal();
		keys("n2").forEach((key) -> this.harness.backups.delete(List.of(new ObjectKey(key))));
		ExpireReport again = expire("", 1, true);
		assertThat(again.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(deleted(again)).isEmpty();
		assertThat(this.harness.keys()).containsAll(keys("n1"));
	}

	@Test
	void otherRulesBeginAnewAndTheOldRunIsGivenUpOn() {
		complete("n1", 3);
		complete("n2", 2);
		complete("n3", 1);
		this.harness.target.on(Operation.DELETE).key("n1/binlogs").fail(denied());
		ExpireReport failed = expire("", 2, true);
		this.harness.target.heal();
		ExpireReport other = expire("", 1, true);
		assertThat(other.run()).isGreaterThan(failed.run());
		assertThat(deleted(other)).containsExactlyInAnyOrder("n1", "n2");
		this.harness.withRuns((runs) -> {
			assertThat(runs.lookUp().find(failed.run()).orElseThrow().phase()).isEqualTo(RunPhase.ABANDONED);
			assertThatExceptionOfType(LaunchException.class)
				.isThrownBy(() -> runs.resume(failed.run(), ProgressListener.NONE))
				.withMessageContaining("abandoned");
		});
	}

	@Test
	void aStopEndsTheRunBetweenTwoBackupsAndASecondOneIsRefused() {
		MonitorTicks ticks = new MonitorTicks();
		complete("n1", 3);
		complete("n2", 2);
		complete("n3", 1);
		try (Runs runs = this.harness.runs()) {
			this.harness.target.on(Operation.DELETE).key("n1/meta/expired").run(() -> {
				RunDetail running = runs.lookUp().newest(RunKind.EXPIRE, "*").orElseThrow();
				assertThat(running.phase()).isEqualTo(RunPhase.RUNNING);
				assertThatExceptionOfType(LaunchException.class)
					.isThrownBy(() -> runs.expire(request(1), ProgressListener.NONE))
					.extracting(LaunchException::exitCode)
					.isEqualTo(ExitCode.RUNNING);
				runs.operations().stop(running.execution());
				ticks.awaitNoticed();
			});
			ExpireReport stopped = runs.expire(request(1), ticks);
			assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED);
			assertThat(deleted(stopped)).containsExactly("n1");
			assertThat(runs.lookUp().find(stopped.run()).orElseThrow().phase()).isEqualTo(RunPhase.STOPPED);
			ExpireReport again = runs.expire(request(1), ProgressListener.NONE);
			assertThat(again.run()).isEqualTo(stopped.run());
			assertThat(again.restarts()).isEqualTo(1);
			assertThat(deleted(again)).containsExactly("n2", "n1");
		}
	}

	@Test
	void aStoreThatDoesNotAnswerIsAFailureThatGoesOn() {
		complete("n1", 3);
		complete("n2", 1);
		this.harness.target.on(Operation.DIRECTORIES).fail(denied());
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> expire("", 1, true));
		this.harness.target.heal();
		assertThat(newest().orElseThrow().phase()).isEqualTo(RunPhase.FAILED);
		assertThat(newest().orElseThrow().message()).contains("denied");
		assertThat(deleted(expire("", 1, true))).containsExactly("n1");
	}

	private Optional<RunDetail> newest() {
		try (Runs runs = this.harness.runs()) {
			return runs.recent(10)
				.stream()
				.filter((view) -> view.run().identity().kind() == RunKind.EXPIRE)
				.findFirst()
				.flatMap((view) -> runs.lookUp().find(view.run().id()));
		}
	}

	private static ExpireRequest request(int last) {
		return new ExpireRequest("", new RetentionPolicy(last, 0, 0, 0, Duration.ZERO, GRACE), true);
	}

	private ExpireReport expire(String prefix, int last, boolean apply) {
		RetentionPolicy policy = new RetentionPolicy(last, 0, 0, 0, Duration.ZERO, GRACE);
		try (Runs runs = this.harness.runs()) {
			return runs.expire(new ExpireRequest(prefix, policy, apply), ProgressListener.NONE);
		}
	}

	private void complete(String name, int days) {
		unfinished(name, days);
		BackupLayout layout = new BackupLayout(ROOT, new BackupName(name));
		this.harness.backups.put(layout.meta(MetaFile.FULL).value(), "{}");
		this.harness.backups.put(layout.meta(MetaFile.BACKUP).value(), "{\"id\":\"" + name + "\"}");
		this.harness.backups.age(layout.directory(), daysAgo(days));
	}

	private void unfinished(String name, int days) {
		ObjectPrefix directory = ROOT.directory(name);
		for (int i = 0; i < OBJECTS; i++) {
			this.harness.backups.put(directory.key("binlogs/insert_log/1/2/3/3/0/" + i).value(), "x");
		}
		this.harness.backups.age(directory, daysAgo(days));
	}

	private List<String> keys(String... names) {
		return List.of(names)
			.stream()
			.flatMap((name) -> List
				.of("meta/full_meta.json", "meta/backup_meta.json", "binlogs/insert_log/1/2/3/3/0/0",
						"binlogs/insert_log/1/2/3/3/0/1", "binlogs/insert_log/1/2/3/3/0/2")
				.stream()
				.map((path) -> "backup/" + name + "/" + path))
			.toList();
	}

	private static Instant daysAgo(int days) {
		return Instant.now().minus(Duration.ofDays(days));
	}

	private static StorageException denied() {
		return new StorageException(StorageException.Kind.PERMANENT, "unable to reach the store: denied (scripted)",
				null, null);
	}

	private static List<String> deleted(ExpireReport report) {
		return report.backups()
			.stream()
			.filter(ExpireReport.Outcome::deleted)
			.map((outcome) -> outcome.verdict().backup().entry().name().value())
			.toList();
	}

}
