package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.retention.RetentionPolicy;
import dev.milvusbackup.storage.ObjectKey;
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

	private final RunsHarness harness;

	private final OldBackups old;

	ExpireRunsTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory);
		this.old = new OldBackups(this.harness);
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void aDryRunIsNotRecordedAndADeletionIs() {
		this.old.complete("n1", 3);
		this.old.complete("n2", 1);
		this.old.expire("n", 1, false);
		assertThat(newest()).isEmpty();
		ExpireReport report = this.old.expire("n", 1, true);
		RunDetail run = newest().orElseThrow();
		assertThat(run.run().id()).isEqualTo(report.run());
		assertThat(run.run().backup()).isEqualTo("n*");
		assertThat(run.phase()).isEqualTo(RunPhase.COMPLETE);
		assertThat(run.progress().segmentsDone()).isEqualTo(1);
		assertThat(run.progress().objectsDone()).isEqualTo(OldBackups.OBJECTS);
		assertThat(run.steps()).extracting((step) -> step.name()).containsExactly("selectBackups", "deleteBackups");
		assertThat(this.old.expire("n", 1, true).run()).isGreaterThan(report.run());
	}

	@Test
	void aFailedRunGoesOnAndTellsOfAllThatItHasDeleted() {
		this.old.complete("n1", 3);
		this.old.complete("n2", 2);
		this.old.complete("n3", 1);
		this.harness.target.on(Operation.DELETE).key("n2/binlogs").fail(OldBackups.denied());
		ExpireReport failed = this.old.expire("", 1, true);
		assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
		assertThat(failed.message()).isEqualTo("unable to delete 1 of the backups that expire");
		assertThat(newest().orElseThrow().phase()).isEqualTo(RunPhase.FAILED);
		this.harness.target.heal();
		RunSummary resumed = this.harness.inRuns((runs) -> runs.resume(failed.run(), ProgressListener.NONE));
		assertThat(resumed.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(resumed.run()).isEqualTo(failed.run());
		assertThat(resumed.restarts()).isEqualTo(1);
		assertThat(resumed.message()).isEqualTo("expire deleted 2 backups");
		assertThat(this.harness.keys()).containsExactlyInAnyOrderElementsOf(this.old.keys("n3"));
		RunSummary complete = this.harness.inRuns((runs) -> runs.resume(failed.run(), ProgressListener.NONE));
		assertThat(complete.message()).isEqualTo("expire deleted 2 backups");
	}

	/**
	 * What was the newest good backup after a planned one may be gone by then.
	 */
	@Test
	void whatToDeleteIsDecidedAnewWhenARunGoesOn() {
		this.old.complete("n1", 3);
		this.old.complete("n2", 2);
		this.harness.target.on(Operation.DELETE).key("n1/meta").fail(OldBackups.denied());
		assertThat(this.old.expire("", 1, true).exitCode()).isEqualTo(ExitCode.FAILED);
		this.harness.target.heal();
		this.old.keys("n2").forEach((key) -> this.harness.backups.delete(List.of(new ObjectKey(key))));
		ExpireReport again = this.old.expire("", 1, true);
		assertThat(again.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(OldBackups.deleted(again)).isEmpty();
		assertThat(this.harness.keys()).containsAll(this.old.keys("n1"));
	}

	@Test
	void otherRulesBeginAnewAndTheOldRunIsGivenUpOn() {
		this.old.complete("n1", 3);
		this.old.complete("n2", 2);
		this.old.complete("n3", 1);
		this.harness.target.on(Operation.DELETE).key("n1/binlogs").fail(OldBackups.denied());
		ExpireReport failed = this.old.expire("", 2, true);
		this.harness.target.heal();
		ExpireReport other = this.old.expire("", 1, true);
		assertThat(other.run()).isGreaterThan(failed.run());
		assertThat(OldBackups.deleted(other)).containsExactlyInAnyOrder("n1", "n2");
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
		this.old.complete("n1", 3);
		this.old.complete("n2", 2);
		this.old.complete("n3", 1);
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
			assertThat(OldBackups.deleted(stopped)).containsExactly("n1");
			assertThat(runs.lookUp().find(stopped.run()).orElseThrow().phase()).isEqualTo(RunPhase.STOPPED);
			ExpireReport again = runs.expire(request(1), ProgressListener.NONE);
			assertThat(again.run()).isEqualTo(stopped.run());
			assertThat(again.restarts()).isEqualTo(1);
			assertThat(OldBackups.deleted(again)).containsExactly("n2", "n1");
		}
	}

	@Test
	void aStoreThatDoesNotAnswerIsAFailureThatGoesOn() {
		this.old.complete("n1", 3);
		this.old.complete("n2", 1);
		this.harness.target.on(Operation.DIRECTORIES).fail(OldBackups.denied());
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.old.expire("", 1, true));
		this.harness.target.heal();
		assertThat(newest().orElseThrow().phase()).isEqualTo(RunPhase.FAILED);
		assertThat(newest().orElseThrow().message()).contains("denied");
		assertThat(OldBackups.deleted(this.old.expire("", 1, true))).containsExactly("n1");
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
		return new ExpireRequest("", new RetentionPolicy(last, 0, 0, 0, Duration.ZERO, OldBackups.GRACE), true);
	}

}
