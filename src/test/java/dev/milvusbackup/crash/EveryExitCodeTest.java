package dev.milvusbackup.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.milvusbackup.crash.Moment.Action;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a scheduler sees of a process: each of the nine ways to end.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EveryExitCodeTest {

	private SimulatedSource source;

	private Program program;

	@BeforeAll
	void backUp(@TempDir Path directory) {
		this.source = SimulatedSource.start(directory);
		this.program = this.source.program("program");
		try (ProgramRun run = this.program.create(Moment.NEVER, SimulatedSource.FILTER)) {
			run.expect(0);
		}
	}

	@AfterAll
	void stopServer() {
		this.source.close();
	}

	@Test
	void completeIs0AndStaysSo() {
		try (ProgramRun again = this.program.create(Moment.NEVER, SimulatedSource.FILTER)) {
			again.expect(0);
		}
	}

	@Test
	void aServerThatIsNotThereIs1() {
		try (ProgramRun run = this.program.start(Moment.NEVER, "create", "-n", "other", "--set",
				"milvus.grpc.port=1")) {
			assertThat(run.expect(1).json().path("status").asString()).isEqualTo("failed");
		}
	}

	@Test
	void aMistakeOnTheCommandLineIs2() {
		try (ProgramRun run = this.program.start(Moment.NEVER, "create", "-n", "not a name")) {
			assertThat(run.expect(2).json().path("status").asString()).isEqualTo("usage");
		}
	}

	@Test
	void aCollectionThatWasDroppedMeanwhileIs3AndMayPassFor0() {
		Moment moment = Moment.before("readMetadata", "flush", 1).but(Action.WAIT_FOR_PARENT);
		this.source.milvus().collection("default.brief").insertSegment("_default", 10);
		this.source.milvus().collection("default.long").insertSegment("_default", 10);
		Program partial = this.source.program("partial");
		try (ProgramRun run = partial.create(moment, "default.brief,default.long")) {
			run.awaitMoment();
			this.source.milvus().drop(this.source.milvus().collection("default.brief"));
			run.go();
			assertThat(run.expect(3).json().path("status").asString()).isEqualTo("partial");
		}
		try (ProgramRun run = partial.start(Moment.NEVER, "create", "-n", "b", "--filter", "default.brief,default.long",
				"--warnings_ok")) {
			assertThat(run.expect(0).json().path("status").asString()).isEqualTo("partial");
		}
	}

	@Test
	void aSignalIs4AndTheSameRunElsewhereIs5() {
		Program stopped = this.source.program("stopped-and-running");
		Moment moment = Moment.before("copySegments", "copy", 1).but(Action.WAIT_FOR_STOP);
		try (ProgramRun run = stopped.create(moment, SimulatedSource.FILTER)) {
			run.awaitMoment();
			try (ProgramRun other = stopped.create(Moment.NEVER, SimulatedSource.FILTER)) {
				assertThat(other.expect(5).json().path("status").asString()).isEqualTo("running");
			}
			run.terminate();
			assertThat(run.expect(4).json().path("status").asString()).isEqualTo("stopped");
		}
	}

	@Test
	void damageIs6() throws IOException {
		Program damaged = this.source.program("damaged");
		try (ProgramRun run = damaged.create(Moment.NEVER, SimulatedSource.FILTER)) {
			run.expect(0);
		}
		try (Stream<Path> files = Files.walk(damaged.backup().resolve("binlogs"))) {
			Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
		}
		try (ProgramRun run = damaged.start(Moment.NEVER, "verify", "-n", "b")) {
			assertThat(run.expect(6).json().path("status").asString()).isEqualTo("damaged");
		}
	}

	@Test
	void aFormatOfTheFutureIs7() throws IOException {
		Path meta = this.program.backup().resolveSibling("future").resolve("meta");
		Files.createDirectories(meta);
		Files.writeString(meta.resolve("backup_meta.json"),
				"{\"id\":\"x\",\"name\":\"future\",\"size\":0,\"format\":\"holographic\"}");
		try (ProgramRun run = this.program.start(Moment.NEVER, "restore", "-n", "future")) {
			assertThat(run.expect(7).json().path("status").asString()).isEqualTo("incompatible");
		}
	}

	@Test
	void aBackupThatDoesNotExistIs8() {
		try (ProgramRun run = this.program.start(Moment.NEVER, "restore", "-n", "missing")) {
			assertThat(run.expect(8).json().path("status").asString()).isEqualTo("not_found");
		}
	}

	/**
	 * Cron starts the same line whether or not the last one has ended or succeeded.
	 */
	@Test
	void aLoopAsOfCronMakesOneBackupADay() {
		Program cron = this.source.program("cron");
		for (String day : new String[] { "20260130", "20260131" }) {
			Moment killed = Moment.after("copySegments", "copy", 5);
			try (ProgramRun run = nightly(cron, killed, day)) {
				run.expect(ProgramRun.KILLED);
			}
			for (int start = 0; start < 2; start++) {
				try (ProgramRun run = nightly(cron, Moment.NEVER, day)) {
					assertThat(run.expect(0).json().path("odate").asString()).isEqualTo(day);
				}
			}
		}
		try (ProgramRun list = cron.start(Moment.NEVER, "list")) {
			assertThat(list.expect(0).json().path("backups").findValuesAsString("name"))
				.containsExactly("nightly_20260130", "nightly_20260131");
		}
	}

	private static ProgramRun nightly(Program cron, Moment moment, String day) {
		return cron.start(moment, "create", "--name", "nightly_{odate}", "--odate", day, "--filter",
				SimulatedSource.FILTER, "--quiet");
	}

}
