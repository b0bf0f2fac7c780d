package dev.milvusbackup.crash;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.milvusbackup.testing.real.MilvusRows;
import dev.milvusbackup.testing.real.MilvusStorage;
import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import dev.milvusbackup.testing.real.SampleCollection;
import dev.milvusbackup.testing.real.SampleData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program as a process against a real Milvus, killed at the begin, in the middle and
 * at the end of every step. The same command then ends well, and what comes out is what
 * an undisturbed run makes. Several at once, as the imports are waiting for the server
 * mostly.
 */
@RequiresReal({ "milvus-2.3.5", "minio", "postgresql" })
@TestInstance(Lifecycle.PER_CLASS)
class KillMatrixIT {

	private final Map<SampleCollection, MilvusRows> rows = new HashMap<>();

	private Path directory;

	private RealMilvus milvus;

	private RealMilvus milvusOnMinio;

	private ProgramConfig config;

	/** The same backups, restored into a server that cannot read them. */
	private ProgramConfig staged;

	private String database;

	private String filter;

	private BackupImage expected;

	@BeforeAll
	void backUpUndisturbed(RealServers servers, @TempDir Path temporary) {
		this.directory = temporary;
		// a compaction between two backups would make them differ
		this.milvus = RealMilvus.start(MilvusVersion.V2_3_5, MilvusStorage.local(), "dataCoord.enableCompaction=false");
		this.milvusOnMinio = servers.milvusOnMinio(MilvusVersion.V2_3_5);
		this.config = ProgramConfig.of(this.milvus);
		this.staged = ProgramConfig.of(this.milvusOnMinio, servers.minio(), "a-bucket-2.3.5");
		this.database = servers.postgres().newDatabase();
		String prefix = "kill" + UUID.randomUUID().toString().substring(0, 6);
		try (SampleData data = new SampleData(this.milvus)) {
			for (SampleCollection collection : List.of(data.allTypes("default", prefix + "_types", 90),
					data.binaryAutoId("default", prefix + "_binary", 60))) {
				this.rows.put(collection, MilvusRows.read(this.milvus, collection.database(), collection.name()));
			}
		}
		this.filter = String.join(",", this.rows.keySet().stream().map(SampleCollection::toString).sorted().toList());
		Program undisturbed = program("undisturbed", this.config);
		try (ProgramRun run = undisturbed.create(Moment.NEVER, this.filter)) {
			run.expect(0);
		}
		this.expected = BackupImage.read(undisturbed.backup());
	}

	@AfterAll
	void stopServer() {
		this.milvus.close();
	}

	static Stream<Moment> backups() {
		Stream<Moment> ends = Stream
			.of("readMetadata", "partitionSegments", "copySegments", "verifyCopies", "writeManifest")
			.flatMap((step) -> Stream.of(Moment.begin(step), Moment.end(step)));
		return Stream.concat(ends,
				Stream.of(Moment.before("readMetadata", "flush", 2), Moment.before("readMetadata", "write", 1),
						Moment.after("readMetadata", "write", 1), Moment.before("copySegments", "copy", 1),
						Moment.after("copySegments", "copy", 30), Moment.before("verifyCopies", "list", 2),
						Moment.before("writeManifest", "write", 1), Moment.after("writeManifest", "write", 5),
						Moment.after("writeManifest", "write", 6), Moment.after(Moment.OUTSIDE, "start", 1)));
	}

	@Execution(ExecutionMode.CONCURRENT)
	@ParameterizedTest
	@MethodSource("backups")
	void aKilledBackupIsCompletedByTheSameCommand(Moment moment) {
		killAndRepeat(program("backup-" + moment.hashCode(), this.config), moment);
	}

	@Test
	void aKilledBackupIsCompletedByTheSameCommandWithItsStateInPostgres() {
		Program program = program("postgres", this.config.withDatabase(this.database));
		kill(program.create(Moment.after("copySegments", "copy", 30), this.filter));
		DoneSegments done = DoneSegments.inDatabase(this.database);
		repeat(program, done);
	}

	static Stream<Moment> restores() {
		Stream<Moment> ends = Stream
			.of("readManifest", "createCollections", "restoreIndexes", "importSegments", "importL0", "verifyRestore",
					"cleanStaging")
			.flatMap((step) -> Stream.of(Moment.begin(step), Moment.end(step)));
		return Stream.concat(ends,
				Stream.of(Moment.before("readManifest", "read", 2),
						Moment.before("createCollections", "createCollection", 2),
						Moment.after("createCollections", "createCollection", 1),
						Moment.after("restoreIndexes", "createIndex", 1), Moment.before("importSegments", "submit", 2),
						Moment.after("importSegments", "submit", 2), Moment.after("importSegments", "job", 2),
						Moment.after(Moment.OUTSIDE, "start", 1)));
	}

	@Execution(ExecutionMode.CONCURRENT)
	@ParameterizedTest
	@MethodSource("restores")
	void aKilledRestoreIsCompletedByTheSameCommand(Moment moment) {
		killAndRestoreAgain(this.config, moment, this.milvus);
	}

	static Stream<Moment> stagedRestores() {
		return Stream.of(Moment.end("partitionStaging"), Moment.begin("stageSegments"),
				Moment.after("stageSegments", "write", 20), Moment.end("stageSegments"),
				Moment.after("importSegments", "submit", 1), Moment.before("cleanStaging", "delete", 1));
	}

	@Execution(ExecutionMode.CONCURRENT)
	@ParameterizedTest
	@MethodSource("stagedRestores")
	void aKilledRestoreThroughCopiesIsCompletedByTheSameCommand(Moment moment) {
		killAndRestoreAgain(this.staged, moment, this.milvusOnMinio);
	}

	private void killAndRepeat(Program program, Moment moment) {
		kill(program.create(moment, this.filter));
		repeat(program, DoneSegments.inFile(program.repository()));
	}

	private void repeat(Program program, DoneSegments done) {
		try (ProgramRun again = program.create(Moment.NEVER, this.filter)) {
			again.expect(0);
			assertThat(done.among(again.records().keys("copy"))).isEmpty();
		}
		assertThat(BackupImage.read(program.backup())).isEqualTo(this.expected);
	}

	private void killAndRestoreAgain(ProgramConfig target, Moment moment, RealMilvus server) {
		String suffix = "_" + Integer.toHexString(moment.hashCode());
		Program program = program("restore" + suffix + "-" + server.port(), target.withBackups(undisturbedBackups()));
		kill(program.restore(moment, suffix));
		try (ProgramRun again = program.restore(Moment.NEVER, suffix)) {
			again.expect(0);
		}
		this.rows.forEach((collection,
				expectedRows) -> assertThat(MilvusRows.read(server, collection.database(), collection.name() + suffix))
					.isEqualTo(expectedRows));
	}

	private Path undisturbedBackups() {
		return ProgramConfig.backupRoot(this.directory.resolve("undisturbed"));
	}

	private Program program(String name, ProgramConfig its) {
		return new Program(this.directory.resolve(name), its);
	}

	private static void kill(ProgramRun run) {
		try (run) {
			run.awaitMoment();
			run.expect(ProgramRun.KILLED);
		}
	}

}
