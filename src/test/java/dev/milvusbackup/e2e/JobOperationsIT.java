package dev.milvusbackup.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.testing.real.MilvusRows;
import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import dev.milvusbackup.testing.real.SampleData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Batch's own command line with a real Milvus: jobs are started, stopped in the
 * middle, restarted, killed, recovered and abandoned, every command a process.
 */
class JobOperationsIT {

	private static final String BUCKET = "job-operations";

	private static final String NAME = "jobs";

	private static final String COLLECTION = "jobs_types";

	@TempDir
	private Path directory;

	private BackupTool tool;

	@Test
	@RequiresReal({ "milvus-2.3.5", "minio" })
	void jobsAreOperatedWithMilvus23(RealServers servers) throws Exception {
		RealMilvus milvus = servers.milvus(MilvusVersion.V2_3_5);
		servers.minio().createBucket(BUCKET);
		try (SampleData data = new SampleData(milvus);
				Gate gate = new Gate(servers.minio().host(), servers.minio().port())) {
			this.tool = BackupTool.install(this.directory, milvus,
					StoragePlace.bucket(servers.minio(), gate.port(), BUCKET, "backup"));
			data.allTypes("default", COLLECTION, 90);
			MilvusRows before = MilvusRows.read(milvus, "default", COLLECTION);
			backUp(gate);
			restore(gate);
			assertThat(MilvusRows.read(milvus, "default", COLLECTION + "_j").rows()).isEqualTo(before.rows());
			giveUp(gate);
		}
	}

	private void backUp(Gate gate) throws Exception {
		String[] backup = { "backup", "name=" + NAME, "filter=" + COLLECTION };
		long stopped = stopInTheMiddle(gate, "PUT /" + BUCKET + "/backup/" + NAME + "/binlogs/", backup);
		JsonNode restarted = job(0, "restart", Long.toString(stopped));
		assertThat(restarted.path("restarts").asInt()).isOne();
		assertThat(restarted.path("backup").asString()).isEqualTo(NAME);
		JsonNode again = job(0, backup);
		assertThat(again.path("message").asString()).contains("already complete");
		assertThat(again.path("run").asLong()).isEqualTo(restarted.path("run").asLong());
		this.tool.succeed("verify", "-n", NAME, "--deep");
		job(2, "stop", Long.toString(execution()));
	}

	private void restore(Gate gate) throws Exception {
		String[] restore = { "restore", "name=" + NAME, "suffix=_j", "rebuild_index=true", "restore_id=j1" };
		long stopped = stopInTheMiddle(gate, "GET /" + BUCKET + "/backup/" + NAME + "/binlogs/", restore);
		JsonNode restarted = job(0, "restart", Long.toString(stopped));
		assertThat(restarted.path("collections").path("ok").get(0).asString())
			.isEqualTo("default." + COLLECTION + "_j");
		assertThat(job(0, restore).path("message").asString()).contains("already complete");
	}

	/** A killed run, also one that nobody wants any more. */
	private void giveUp(Gate gate) throws Exception {
		String[] backup = { "--job", "backup", "name=killed,filter=" + COLLECTION };
		gate.holdBack("PUT /" + BUCKET + "/backup/killed/binlogs/");
		Process process = this.tool.start(backup);
		gate.awaitHeld();
		String execution = Long.toString(execution());
		job(5, "recover", execution);
		job(5, "abandon", execution);
		process.destroyForcibly();
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		gate.letGo();
		assertThat(job(0, "recover", execution).path("batch_status").asString()).isEqualTo("FAILED");
		assertThat(job(0, "abandon", execution).path("batch_status").asString()).isEqualTo("ABANDONED");
		job(2, "restart", execution);
		this.tool.fail(2, List.of("abandoned"), backup);
		job(8, "restart", "4711");
	}

	/** Returns the execution that was stopped. */
	private long stopInTheMiddle(Gate gate, String request, String... job) throws Exception {
		gate.holdBack(request);
		Process process = this.tool.start(words(job));
		gate.awaitHeld();
		long execution = execution();
		job(5, job);
		assertThat(job(0, "stop", Long.toString(execution)).path("execution").asLong()).isEqualTo(execution);
		gate.letGo();
		assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isEqualTo(4);
		return execution;
	}

	/** Of the newest run. */
	private long execution() {
		return this.tool.run("status", "--limit", "1", "--output", "json")
			.json()
			.path("runs")
			.get(0)
			.path("execution")
			.asLong();
	}

	private JsonNode job(int exitCode, String... words) {
		CommandOutcome outcome = this.tool.run(words(words));
		assertThat(outcome.exitCode()).as("%s: %s", List.of(words), outcome).isEqualTo(exitCode);
		return outcome.json();
	}

	private static String[] words(String... words) {
		String[] all = new String[words.length + 3];
		all[0] = "--output";
		all[1] = "json";
		all[2] = "--job";
		System.arraycopy(words, 0, all, 3, words.length);
		return all;
	}

}
