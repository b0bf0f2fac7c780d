package dev.milvusbackup.crash;

import java.nio.file.Path;

import dev.milvusbackup.crash.Moment.Action;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees from outside who knows Spring Batch's own command line.
 */
class JobOperationsProcessTest {

	private static final String[] BACKUP = { "--job", "backup", "name=b,filter=" + SimulatedSource.FILTER };

	private SimulatedSource source;

	private Program program;

	@BeforeEach
	void start(@TempDir Path directory) {
		this.source = SimulatedSource.start(directory);
		this.program = this.source.program("program");
	}

	@AfterEach
	void stop() {
		this.source.close();
	}

	@Test
	void aKilledRunIsRecoveredAndRestarted() {
		try (ProgramRun killed = this.program.start(Moment.after("copySegments", "copy", 5), BACKUP)) {
			killed.expect(ProgramRun.KILLED);
		}
		String execution = Long.toString(lastRun().path("execution").asLong());
		assertThat(lastRun().path("status").asString()).isEqualTo("STARTED");
		assertThat(job(2, "stop", execution).path("error").path("hint").asString()).contains("recover it");
		JsonNode recovered = job(0, "recover", execution);
		assertThat(recovered.path("batch_status").asString()).isEqualTo("FAILED");
		assertThat(recovered.path("state").asString()).isEqualTo("failed");
		JsonNode restarted = job(0, "restart", execution);
		assertThat(restarted.path("status").asString()).isEqualTo("complete");
		assertThat(restarted.path("restarts").asInt()).isOne();
		assertThat(job(0, "restart", execution).path("message").asString()).contains("already complete");
		assertThat(job(2, "abandon", "run=" + restarted.path("run").asLong()).path("status").asString())
			.isEqualTo("usage");
		assertThat(job(8, "restart", "4711").path("status").asString()).isEqualTo("not_found");
	}

	@Test
	void aLiveRunIsStoppedAndThenAbandoned() {
		Moment moment = Moment.before("copySegments", "copy", 1).but(Action.WAIT_FOR_STOP);
		String execution;
		try (ProgramRun run = this.program.start(moment, BACKUP)) {
			run.awaitMoment();
			execution = Long.toString(lastRun().path("execution").asLong());
			assertThat(job(5, "recover", execution).path("status").asString()).isEqualTo("running");
			assertThat(job(5, "abandon", execution).path("status").asString()).isEqualTo("running");
			assertThat(job(5, "restart", execution).path("status").asString()).isEqualTo("running");
			assertThat(job(0, "stop", execution).path("execution").asString()).isEqualTo(execution);
			run.expect(4);
		}
		JsonNode abandoned = job(0, "abandon", execution);
		assertThat(abandoned.path("batch_status").asString()).isEqualTo("ABANDONED");
		try (ProgramRun again = this.program.start(Moment.NEVER, BACKUP)) {
			assertThat(again.expect(2).json().path("error").path("message").asString()).contains("abandoned");
		}
		try (ProgramRun delete = this.program.start(Moment.NEVER, "delete", "-n", "b")) {
			delete.expect(0);
		}
		try (ProgramRun again = this.program.start(Moment.NEVER, BACKUP)) {
			assertThat(again.expect(0).json().path("restarts").asInt()).isZero();
		}
	}

	@Test
	void aKilledExpiryGoesOnAsTheSameRun() {
		for (String name : new String[] { "b1", "b2" }) {
			try (ProgramRun run = this.program.start(Moment.NEVER, "create", "-n", name)) {
				run.expect(0);
			}
		}
		String[] expire = { "expire", "--keep_last", "1", "--apply" };
		try (ProgramRun killed = this.program.start(Moment.before("deleteBackups", "delete", 4), expire)) {
			killed.expect(ProgramRun.KILLED);
		}
		JsonNode run = lastRun();
		assertThat(run.path("kind").asString()).isEqualTo("expire");
		assertThat(run.path("status").asString()).isEqualTo("STARTED");
		String number = Long.toString(run.path("run").asLong());
		try (ProgramRun waiting = this.program.start(Moment.NEVER, "status", "--run", number, "--wait")) {
			assertThat(waiting.expect(1).json().path("runs").path(0).path("state").asString()).isEqualTo("interrupted");
		}
		try (ProgramRun again = this.program.start(Moment.NEVER, expire)) {
			JsonNode result = again.expect(0).json();
			assertThat(result.path("run").asString()).isEqualTo(number);
			assertThat(result.path("restarts").asInt()).isOne();
		}
		try (ProgramRun list = this.program.start(Moment.NEVER, "list")) {
			assertThat(list.expect(0).json().path("backups").findValuesAsString("name")).containsExactly("b2");
		}
	}

	@Test
	void aKilledVerificationGoesOnAsTheSameRun() {
		try (ProgramRun run = this.program.create(Moment.NEVER, SimulatedSource.FILTER)) {
			run.expect(0);
		}
		String[] verify = { "verify", "-n", "b", "--deep" };
		try (ProgramRun killed = this.program.start(Moment.before("readContents", "read", 5), verify)) {
			killed.expect(ProgramRun.KILLED);
		}
		JsonNode run = lastRun();
		assertThat(run.path("kind").asString()).isEqualTo("verify");
		assertThat(run.path("step").asString()).isEqualTo("readContents");
		try (ProgramRun again = this.program.start(Moment.NEVER, verify)) {
			JsonNode result = again.expect(0).json();
			assertThat(result.path("run").asLong()).isEqualTo(run.path("run").asLong());
			assertThat(result.path("restarts").asInt()).isOne();
			assertThat(result.path("objects_hashed").asLong()).isEqualTo(result.path("objects").asLong());
		}
	}

	private JsonNode job(int exitCode, String operation, String what) {
		try (ProgramRun run = this.program.start(Moment.NEVER, "--job", operation, what)) {
			return run.expect(exitCode).json();
		}
	}

	private JsonNode lastRun() {
		try (ProgramRun run = this.program.start(Moment.NEVER, "status")) {
			return run.expect(0).json().path("runs").path(0);
		}
	}

}
