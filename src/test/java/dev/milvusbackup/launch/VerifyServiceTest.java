package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.util.List;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.testing.Fault.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Verifications as runs: recorded, stopped, and gone on with.
 */
class VerifyServiceTest {

	/** More than two batches. */
	private static final int EXTRA = 2500;

	private static final int BATCH = 1000;

	private final RunsHarness harness;

	VerifyServiceTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory);
	}

	@BeforeEach
	void backUp() {
		this.harness.fake.collection("a").insertSegment("_default", 10);
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void aVerificationIsARunAndTheNextOneIsAnother() {
		VerifyReport report = this.harness.verify(false);
		assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
		this.harness.withRuns((runs) -> {
			RunDetail run = runs.lookUp().find(report.run()).orElseThrow();
			assertThat(run.run().identity().kind()).isEqualTo(RunKind.VERIFY);
			assertThat(run.run().backup()).isEqualTo("b1");
			assertThat(run.phase()).isEqualTo(RunPhase.COMPLETE);
			assertThat(run.progress().objectsDone()).isEqualTo(report.objects()).isPositive();
			String place = runs.lookUp().newest(RunKind.BACKUP, "b1").orElseThrow().run().identity().place();
			assertThat(runs.lookUp().verifications().all(place)).hasSize(1);
			assertThat(runs.resume(report.run(), ProgressListener.NONE).exitCode()).isEqualTo(ExitCode.COMPLETE);
		});
		VerifyReport deep = this.harness.verify(true);
		assertThat(deep.run()).isGreaterThan(report.run());
		assertThat(deep.hashed()).isEqualTo(deep.objects());
	}

	@Test
	void damageIsRememberedAndNotTakenForUnfinished() {
		String log = log();
		this.harness.backups.delete(List.of(new ObjectKey(log)));
		VerifyReport report = this.harness.verify(true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.DAMAGED);
		assertThat(report.problems()).singleElement().satisfies((problem) -> assertThat(problem.key()).isEqualTo(log));
		this.harness.withRuns((runs) -> {
			RunDetail run = runs.lookUp().find(report.run()).orElseThrow();
			assertThat(run.phase()).isEqualTo(RunPhase.DAMAGED);
			assertThat(run.message()).contains("1 problems in ");
			RunSummary again = runs.resume(report.run(), ProgressListener.NONE);
			assertThat(again.exitCode()).isEqualTo(ExitCode.DAMAGED);
			assertThat(again.run()).isEqualTo(report.run());
			assertThatExceptionOfType(LaunchException.class)
				.isThrownBy(() -> runs.operations().abandon(run.execution()))
				.withMessageContaining("damaged");
		});
		assertThat(this.harness.verify(false).run()).isGreaterThan(report.run());
	}

	@ParameterizedTest
	@EnumSource(names = { "BACKUP", "FULL", "OBJECTS" })
	void aDescriptionThatIsDamagedIsDamageLikeAnyOther(MetaFile file) {
		this.harness.backups.put(this.harness.key(file), "{\"id\":");
		for (boolean deep : new boolean[] { false, true }) {
			VerifyReport report = this.harness.verify(deep);
			assertThat(report.exitCode()).isEqualTo(ExitCode.DAMAGED);
			assertThat(report.problems()).singleElement().satisfies((problem) -> {
				assertThat(problem.key()).isEqualTo("backup/b1/meta/");
				assertThat(problem.what()).contains("unable to read", this.harness.key(file));
			});
			assertThat(newest().run().id()).isEqualTo(report.run());
			assertThat(newest().phase()).isEqualTo(RunPhase.DAMAGED);
		}
	}

	@Test
	void aFailedDeepVerificationGoesOnWhereItStoppedAndForgetsNoProblem() {
		List<String> keys = manyObjects();
		this.harness.target.on(Operation.READ).key(keys.get(0)).cutAfter(0);
		this.harness.target.on(Operation.READ).key(keys.get(BATCH + 200)).fail();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.harness.verify(true));
		RunDetail failed = newest();
		assertThat(failed.phase()).isEqualTo(RunPhase.FAILED);
		assertThat(failed.progress().objectsDone()).isEqualTo(BATCH);
		this.harness.target.heal();
		int before = this.harness.target.calls(Operation.READ);
		VerifyReport report = this.harness.verify(true);
		assertThat(report.run()).isEqualTo(failed.run().id());
		assertThat(report.restarts()).isEqualTo(1);
		assertThat(this.harness.target.calls(Operation.READ) - before).isBetween(keys.size() - BATCH,
				keys.size() - BATCH + 20);
		assertThat(report.exitCode()).isEqualTo(ExitCode.DAMAGED);
		assertThat(report.problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.key()).isEqualTo(keys.get(0)));
	}

	/**
	 * What was skipped must be what was read.
	 */
	@Test
	void whenTheListIsNotTheSameAnyMoreEverythingIsReadAgain() {
		List<String> keys = manyObjects();
		this.harness.target.on(Operation.READ).key(keys.get(BATCH + 200)).fail();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.harness.verify(true));
		this.harness.target.heal();
		this.harness.backups.delete(List.of(new ObjectKey(keys.get(5))));
		int before = this.harness.target.calls(Operation.READ);
		VerifyReport report = this.harness.verify(true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(report.restarts()).isEqualTo(1);
		assertThat(this.harness.target.calls(Operation.READ) - before).isGreaterThanOrEqualTo(keys.size() - 1);
	}

	@Test
	void anotherDepthGivesUpOnTheUnfinishedRun() {
		List<String> keys = manyObjects();
		this.harness.target.on(Operation.READ).key(keys.get(BATCH + 200)).fail();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.harness.verify(true));
		long unfinished = newest().run().id();
		this.harness.target.heal();
		assertThat(this.harness.verify(false).run()).isGreaterThan(unfinished);
		this.harness.withRuns((runs) -> assertThat(runs.lookUp().find(unfinished).orElseThrow().phase())
			.isEqualTo(RunPhase.ABANDONED));
	}

	@Test
	void aStopEndsItAfterTheBatchAndASecondOneIsRefused() {
		MonitorTicks ticks = new MonitorTicks();
		List<String> keys = manyObjects();
		try (Runs runs = this.harness.runs()) {
			VerifyRequest request = new VerifyRequest(this.harness.layout.name(), true);
			this.harness.target.on(Operation.READ).key(keys.get(10)).run(() -> {
				RunDetail running = runs.lookUp().newest(RunKind.VERIFY, "b1").orElseThrow();
				assertThatExceptionOfType(LaunchException.class)
					.isThrownBy(() -> runs.verify(request, ProgressListener.NONE))
					.extracting(LaunchException::exitCode)
					.isEqualTo(ExitCode.RUNNING);
				runs.operations().stop(running.execution());
				ticks.awaitNoticed();
			});
			VerifyReport stopped = runs.verify(request, ticks);
			assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED);
			assertThat(newest(runs).phase()).isEqualTo(RunPhase.STOPPED);
			assertThat(newest(runs).progress().objectsDone()).isEqualTo(BATCH);
			VerifyReport again = runs.verify(request, ProgressListener.NONE);
			assertThat(again.exitCode()).isEqualTo(ExitCode.COMPLETE);
			assertThat(again.run()).isEqualTo(stopped.run());
		}
	}

	/**
	 * As one of the Go tool, whose list of objects is the listing.
	 */
	private List<String> manyObjects() {
		this.harness.backups.delete(List.of(new ObjectKey(this.harness.key(MetaFile.OBJECTS))));
		for (int i = 0; i < EXTRA; i++) {
			this.harness.backups.put("backup/b1/binlogs/insert_log/9/%05d".formatted(i), "x");
		}
		return this.harness.backups.list(this.harness.layout.binlogs()).map((object) -> object.key().value()).toList();
	}

	private String log() {
		return this.harness.keys()
			.stream()
			.filter((key) -> key.contains("insert_log"))
			.sorted()
			.findFirst()
			.orElseThrow();
	}

	private RunDetail newest() {
		try (Runs runs = this.harness.runs()) {
			return newest(runs);
		}
	}

	private static RunDetail newest(Runs runs) {
		return runs.lookUp().newest(RunKind.VERIFY, "b1").orElseThrow();
	}

}
