package dev.milvusbackup.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.crash.Moment.Action;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program as a process that lets a simulated Milvus 3.0 export and restore snapshots:
 * killed at the begin, in the middle and at the end of every step, stopped, started
 * twice. One run is killed at one moment after the other, as each of its executions has
 * to get as far as the next one.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class SnapshotKillMatrixTest {

	private static final String UNDISTURBED = "undisturbed";

	private static final String EXPORTED = "SELECT collection FROM mb_snapshot WHERE state = 'EXPORTED'";

	private static final String HELD = "SELECT name FROM mb_snapshot WHERE held";

	private static final String RESTORED = "SELECT collection FROM mb_import WHERE state = 'IMPORTED'";

	private SnapshotSource source;

	private BackupImage expected;

	@BeforeAll
	void backUpUndisturbed(@TempDir Path directory) {
		this.source = SnapshotSource.start(directory);
		try (ProgramRun run = create(this.source.program(UNDISTURBED), Moment.NEVER)) {
			run.expect(0);
			assertThat(run.records().keys("export")).containsExactlyElementsOf(SnapshotSource.COLLECTIONS);
		}
		this.expected = this.source.backup(UNDISTURBED);
		assertThat(this.expected.objects()).isNotEmpty();
	}

	@AfterAll
	void requireNoSnapshot() {
		try (SnapshotSource all = this.source) {
			assertThat(all.milvus().snapshots().names()).isEmpty();
		}
	}

	/** One collection is exported after the other, so each moment is reached. */
	private static List<Moment> ofBackup() {
		return List.of(Moment.begin("readMetadata"), Moment.before("readMetadata", "write", 1),
				Moment.end("readMetadata"), Moment.begin("exportSnapshots"),
				Moment.after("exportSnapshots", "create", 1), Moment.before("exportSnapshots", "export", 1),
				Moment.after("exportSnapshots", "export", 1), Moment.after("exportSnapshots", "exportJob", 1),
				Moment.before("exportSnapshots", "drop", 1), Moment.end("exportSnapshots"),
				Moment.begin("writeManifest"), Moment.before("writeManifest", "write", 4), Moment.end("writeManifest"));
	}

	@Test
	void aBackupThatIsKilledAtEveryStepIsCompletedByTheSameCommand() {
		Program program = this.source.program("killed");
		List<String> exports = new ArrayList<>();
		for (Moment moment : ofBackup()) {
			kill(create(program, moment), program, EXPORTED, "export", exports);
		}
		try (ProgramRun again = create(program, Moment.NEVER)) {
			again.expect(0);
			exports.addAll(again.records().keys("export"));
		}
		assertThat(exports).containsExactlyElementsOf(SnapshotSource.COLLECTIONS);
		requireBackup("killed", program);
	}

	/** Jobs that no run knows of, the last execution finds by the server's own list. */
	private static List<Moment> ofRestore() {
		return List.of(Moment.begin("readManifest"), Moment.before("readManifest", "read", 2),
				Moment.end("readManifest"), Moment.begin("createDatabases"),
				Moment.before("createDatabases", "databases", 1), Moment.end("createDatabases"),
				Moment.begin("restoreSnapshots"), Moment.before("restoreSnapshots", "restoreJobs", 1),
				Moment.before("restoreSnapshots", "restore", 1), Moment.after("restoreSnapshots", "restore", 1),
				Moment.after("restoreSnapshots", "restoreJob", 1), Moment.after("restoreSnapshots", "describe", 1),
				Moment.end("restoreSnapshots"), Moment.begin("verifyRestore"),
				Moment.before("verifyRestore", "segments", 2), Moment.end("verifyRestore"),
				Moment.begin("restoreRoles"), Moment.begin("releaseCollections"), Moment.end("releaseCollections"));
	}

	@Test
	void aRestoreThatIsKilledAtEveryStepIsCompletedByTheSameCommand() {
		Program program = this.source.program("killed-restore", UNDISTURBED);
		List<String> restores = new ArrayList<>();
		for (Moment moment : ofRestore()) {
			kill(program.restore(moment, "_killed"), program, RESTORED, "restore", restores);
		}
		try (ProgramRun again = program.restore(Moment.NEVER, "_killed")) {
			again.expect(0);
			restores.addAll(again.records().keys("restore"));
		}
		assertThat(restores).containsExactlyElementsOf(restored("_killed"));
		requireRestored("_killed");
	}

	@Test
	void aSignalStopsABackupWhileMilvusExports() {
		this.source.milvus().collection("default.slow").insertSegment("_default", 7);
		this.source.milvus().snapshots().hold("default.slow");
		Program program = this.source.program("stopped");
		Moment moment = Moment.after("exportSnapshots", "exportJob", 1).but(Action.WAIT_FOR_STOP);
		try (ProgramRun run = program.create(moment, "default.slow")) {
			run.awaitMoment();
			run.terminate();
			assertThat(run.expect(4).json().path("status").asString()).isEqualTo("stopped");
		}
		assertThat(ChildLedger.inFile(program.repository()).texts(HELD)).hasSize(1);
		this.source.milvus().snapshots().tell("default.slow", 3, 10);
		kill(program.create(Moment.after("exportSnapshots", "exportJob", 2), "default.slow"));
		try (ProgramRun status = program.start(Moment.NEVER, "status", "-n", "b")) {
			JsonNode run = status.expect(0).json().path("runs").path(0);
			assertThat(run.path("objects").asInt()).isEqualTo(3);
			assertThat(run.path("total_objects").asInt()).isEqualTo(10);
		}
		this.source.milvus().snapshots().letOn("default.slow");
		try (ProgramRun again = program.create(Moment.NEVER, "default.slow")) {
			again.expect(0);
			assertThat(again.records().keys("export")).isEmpty();
		}
		assertThat(ChildLedger.inFile(program.repository()).texts(HELD)).isEmpty();
	}

	@Test
	void aSignalStopsARestoreWhileMilvusRestores() {
		Program program = this.source.program("stopped-restore", UNDISTURBED);
		this.source.milvus().snapshots().hold("default.tags_stopped");
		Moment moment = Moment.after("restoreSnapshots", "restoreJob", 3).but(Action.WAIT_FOR_STOP);
		try (ProgramRun run = program.restore(moment, "_stopped")) {
			run.awaitMoment();
			run.terminate();
			assertThat(run.expect(4).json().path("status").asString()).isEqualTo("stopped");
		}
		this.source.milvus().snapshots().letOn("default.tags_stopped");
		try (ProgramRun again = program.restore(Moment.NEVER, "_stopped")) {
			again.expect(0);
			assertThat(again.records().keys("restore")).containsExactly("shop.goods_stopped");
		}
		requireRestored("_stopped");
	}

	/**
	 * Both use the job repository through a third process, so that the end of the one
	 * does not disturb the other.
	 */
	@Test
	void ofTwoStartsExactlyOneRuns() {
		Program program = this.source.program("twice");
		Moment early = Moment.begin("readMetadata").but(Action.WAIT_FOR_PARENT);
		Moment moment = Moment.before("exportSnapshots", "create", 1).but(Action.WAIT_FOR_PARENT);
		try (ProgramRun third = program.start(early, "create", "-n", "third", "--filter", "default.books")) {
			third.awaitMoment();
			try (ProgramRun one = create(program, moment); ProgramRun two = create(program, moment)) {
				Awaitility.await().atMost(ProgramRun.PATIENCE).until(() -> !one.isAlive() || !two.isAlive());
				ProgramRun refused = one.isAlive() ? two : one;
				ProgramRun running = one.isAlive() ? one : two;
				assertThat(refused.expect(5).json().path("status").asString()).isEqualTo("running");
				assertThat(refused.records().keys("export")).isEmpty();
				running.awaitMoment();
				running.go();
				running.expect(0);
				assertThat(running.records().keys("export")).containsExactlyElementsOf(SnapshotSource.COLLECTIONS);
			}
			third.go();
			third.expect(0);
		}
		requireBackup("twice", program);
	}

	private void requireBackup(String name, Program program) {
		assertThat(this.source.backup(name)).isEqualTo(this.expected);
		assertThat(ChildLedger.inFile(program.repository()).texts(HELD)).isEmpty();
	}

	private void requireRestored(String suffix) {
		for (String collection : SnapshotSource.COLLECTIONS) {
			assertThat(this.source.milvus().find(collection + suffix)).isNotNull();
			assertThat(this.source.milvus().collection(collection + suffix).visible()).isNotEmpty()
				.isEqualTo(this.source.milvus().collection(collection).visible());
		}
	}

	private static List<String> restored(String suffix) {
		return SnapshotSource.COLLECTIONS.stream().map((name) -> name + suffix).toList();
	}

	private static ProgramRun create(Program program, Moment moment) {
		return program.create(moment, SnapshotSource.FILTER);
	}

	/**
	 * What is done before is not done again, which the server would have to do twice.
	 * @param jobs those that the server was asked for, to be added to
	 */
	private static void kill(ProgramRun run, Program program, String query, String call, List<String> jobs) {
		kill(run);
		jobs.addAll(run.records().keys(call));
		assertThat(jobs).doesNotHaveDuplicates().containsAll(ChildLedger.inFile(program.repository()).texts(query));
	}

	private static void kill(ProgramRun run) {
		try (run) {
			run.awaitMoment();
			run.expect(ProgramRun.KILLED);
		}
	}

}
