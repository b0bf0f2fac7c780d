package dev.milvusbackup.crash;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.crash.Moment.Action;
import dev.milvusbackup.testing.milvus.FakeManagement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program as a process against a simulated Milvus: killed, stopped, started twice.
 * {@link KillMatrixIT} has all moments.
 */
@TestInstance(Lifecycle.PER_CLASS)
class KillMatrixTest {

	private SimulatedSource source;

	private Program undisturbed;

	private BackupImage expected;

	@BeforeAll
	void backUpUndisturbed(@TempDir Path directory) {
		this.source = SimulatedSource.start(directory);
		this.undisturbed = this.source.program("undisturbed");
		try (ProgramRun run = create(this.undisturbed, Moment.NEVER)) {
			run.expect(0);
		}
		this.expected = BackupImage.read(this.undisturbed.backup());
	}

	@AfterAll
	void stopServer() {
		this.source.close();
	}

	static Stream<Moment> backups() {
		return Stream.of(Moment.before("readMetadata", "write", 1), Moment.after("copySegments", "copy", 20),
				Moment.before("writeManifest", "write", 6), Moment.after(Moment.OUTSIDE, "start", 1));
	}

	@ParameterizedTest
	@MethodSource("backups")
	void aKilledBackupIsCompletedByTheSameCommand(Moment moment) throws Exception {
		Program program = this.source.program("killed-" + moment.hashCode());
		kill(create(program, moment));
		DoneSegments done = DoneSegments.inFile(program.repository());
		try (ProgramRun again = create(program, Moment.NEVER)) {
			again.expect(0);
			assertThat(done.among(again.records().keys("copy"))).isEmpty();
		}
		assertThat(BackupImage.read(program.backup())).isEqualTo(this.expected);
	}

	static Stream<Moment> restores() {
		return Stream.of(Moment.after("createCollections", "createCollection", 1),
				Moment.before("importSegments", "submit", 2), Moment.after("importSegments", "submit", 2),
				Moment.after("importSegments", "job", 1), Moment.after(Moment.OUTSIDE, "start", 1));
	}

	@ParameterizedTest
	@MethodSource("restores")
	void aKilledRestoreIsCompletedByTheSameCommand(Moment moment) {
		String suffix = "_" + Math.abs(moment.hashCode());
		kill(this.undisturbed.restore(moment, suffix));
		try (ProgramRun again = this.undisturbed.restore(Moment.NEVER, suffix)) {
			again.expect(0);
		}
		requireRestored(suffix);
	}

	@Test
	void aBackupGoesOnWithoutItsJobRepository() {
		Program program = this.source.program("adopted");
		ProgramRun killed = create(program, Moment.after("copySegments", "copy", 20));
		kill(killed);
		DoneSegments done = DoneSegments.inFile(program.repository());
		assertThat(done.among(killed.records().keys("copy"))).isNotEmpty();
		assertThat(FileSystemUtils.deleteRecursively(program.repository().toFile())).isTrue();
		try (ProgramRun again = create(program, Moment.NEVER)) {
			again.expect(0);
			assertThat(done.among(again.records().keys("copy"))).isEmpty();
		}
		assertThat(BackupImage.read(program.backup())).isEqualTo(this.expected);
	}

	@Test
	void aBackupThatHadNotPlannedAnythingBeginsAnewWithoutItsJobRepository() {
		Program program = this.source.program("adopted-early");
		kill(create(program, Moment.begin("readMetadata")));
		assertThat(FileSystemUtils.deleteRecursively(program.repository().toFile())).isTrue();
		try (ProgramRun again = create(program, Moment.NEVER)) {
			again.expect(0);
		}
		assertThat(BackupImage.read(program.backup())).isEqualTo(this.expected);
	}

	@Test
	void aSignalStopsABackupAndGivesThePauseBack() {
		Program program = this.source.program("stopped");
		FakeManagement management = this.source.milvus().management();
		int pauses = management.pauses();
		int resumes = management.resumes();
		try (ProgramRun run = create(program, Moment.before("copySegments", "copy", 10).but(Action.WAIT_FOR_STOP))) {
			run.awaitMoment();
			assertThat(management.isPaused()).isTrue();
			run.terminate();
			run.expect(4);
			assertThat(run.json().path("status").asString()).isEqualTo("stopped");
		}
		assertThat(management.isPaused()).isFalse();
		assertThat(management.pauses()).isEqualTo(pauses + 1);
		assertThat(management.resumes()).isEqualTo(resumes + 1);
		DoneSegments done = DoneSegments.inFile(program.repository());
		try (ProgramRun again = create(program, Moment.NEVER)) {
			again.expect(0);
			assertThat(done.among(again.records().keys("copy"))).isEmpty();
		}
		assertThat(management.isPaused()).isFalse();
		assertThat(management.pauses()).isEqualTo(pauses + 2);
		assertThat(BackupImage.read(program.backup())).isEqualTo(this.expected);
	}

	@Test
	void anotherProcessStopsABackup() {
		Program program = this.source.program("stopped-by-another");
		try (ProgramRun run = create(program, Moment.before("copySegments", "copy", 10).but(Action.WAIT_FOR_STOP))) {
			run.awaitMoment();
			try (ProgramRun status = program.start(Moment.NEVER, "status", "--run", "1")) {
				assertThat(status.expect(0).json().path("runs").path(0).path("state").asString()).isEqualTo("running");
			}
			try (ProgramRun stop = program.start(Moment.NEVER, "stop", "-n", "b")) {
				assertThat(stop.expect(0).json().path("told").path(0).asLong()).isEqualTo(1);
			}
			run.expect(4);
		}
		try (ProgramRun stop = program.start(Moment.NEVER, "stop", "-n", "b");
				ProgramRun unknown = program.start(Moment.NEVER, "stop", "-n", "other");
				ProgramRun waiting = program.start(Moment.NEVER, "status", "-n", "b", "--wait")) {
			assertThat(stop.expect(0).json().path("told").isEmpty()).isTrue();
			unknown.expect(8);
			JsonNode stopped = waiting.expect(4).json().path("runs").path(0);
			assertThat(stopped.path("state").asString()).isEqualTo("stopped");
			assertThat(stopped.path("steps").findValuesAsString("name")).contains("copySegments");
		}
		try (ProgramRun again = create(program, Moment.NEVER)) {
			again.expect(0);
		}
		try (ProgramRun waiting = program.start(Moment.NEVER, "status", "-n", "b", "--wait")) {
			waiting.expect(0);
		}
		assertThat(BackupImage.read(program.backup())).isEqualTo(this.expected);
	}

	@Test
	void aSignalStopsARestoreWhileItImports() {
		try (ProgramRun run = this.undisturbed
			.restore(Moment.before("importSegments", "job", 2).but(Action.WAIT_FOR_STOP), "_stopped")) {
			run.awaitMoment();
			run.terminate();
			run.expect(4);
		}
		try (ProgramRun again = this.undisturbed.restore(Moment.NEVER, "_stopped")) {
			again.expect(0);
		}
		requireRestored("_stopped");
	}

	@Test
	void ofTwoStartsExactlyOneRuns() {
		Program program = this.source.program("twice");
		Moment moment = Moment.before("copySegments", "copy", 1).but(Action.WAIT_FOR_PARENT);
		try (ProgramRun one = create(program, moment); ProgramRun two = create(program, moment)) {
			Awaitility.await().atMost(ProgramRun.PATIENCE).until(() -> !one.isAlive() || !two.isAlive());
			ProgramRun refused = one.isAlive() ? two : one;
			ProgramRun running = one.isAlive() ? one : two;
			refused.expect(5);
			assertThat(refused.records().keys("copy")).isEmpty();
			running.awaitMoment();
			running.go();
			running.expect(0);
		}
		assertThat(BackupImage.read(program.backup())).isEqualTo(this.expected);
	}

	@Test
	void aCompleteBackupIsNotMadeAgain() {
		try (ProgramRun again = create(this.undisturbed, Moment.NEVER)) {
			again.expect(0);
			assertThat(again.records().keys("copy")).isEmpty();
			assertThat(again.records().keys("write")).isEmpty();
			assertThat(again.json().path("message").asString()).isEqualTo("backup b is already complete");
			assertThat(again.json().path("objects_copied").asInt()).isZero();
			assertThat(again.json().path("objects_reused").asInt()).isPositive();
		}
		assertThat(BackupImage.read(this.undisturbed.backup())).isEqualTo(this.expected);
	}

	private void requireRestored(String suffix) {
		for (String collection : List.of("default.books", "default.tags")) {
			assertThat(this.source.content(collection + suffix)).isNotEmpty()
				.isEqualTo(this.source.content(collection));
			assertThat(this.source.milvus().collection(collection + suffix).rows())
				.isEqualTo(this.source.milvus().collection(collection).rows());
		}
	}

	private static ProgramRun create(Program program, Moment moment) {
		return program.create(moment, SimulatedSource.FILTER);
	}

	private static void kill(ProgramRun run) {
		try (run) {
			run.awaitMoment();
			run.expect(ProgramRun.KILLED);
		}
	}

}
