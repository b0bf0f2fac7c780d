package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.retention.RetentionPolicy;
import dev.milvusbackup.testing.Fault;
import dev.milvusbackup.testing.Fault.Operation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A backup that somebody uses stays.
 */
class BackupDeletionTest {

	private static final BackupName B1 = new BackupName("b1");

	private final RunsHarness harness;

	BackupDeletionTest(@TempDir Path directory) {
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
	void oneThatIsBeingRestoredIsNeitherDeletedNorExpired() throws Exception {
		Fault.Hang hang = this.harness.target.on(Operation.READ).key("full_meta.json").nth(1).hang();
		try (Runs reading = this.harness.runs(); Runs others = this.harness.runs()) {
			CompletableFuture<RunSummary> restore = CompletableFuture
				.supplyAsync(() -> reading.restore(request(), ProgressListener.NONE));
			Awaitility.await().until(hang::reached);
			for (Runs runs : List.of(reading, others)) {
				assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> runs.delete(B1))
					.withMessageMatching("unable to delete backup 'b1': process \\d+ on .* restores it")
					.satisfies((ex) -> {
						assertThat(ex.exitCode()).isEqualTo(ExitCode.RUNNING);
						assertThat(ex.hint()).contains("stop -n b1");
					});
			}
			this.harness.createNamed("b2");
			ExpireReport report = others.expire(
					new ExpireRequest("", new RetentionPolicy(1, 0, 0, 0, Duration.ZERO, Duration.ofMillis(1)), true),
					ProgressListener.NONE);
			assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
			assertThat(report.backups()).noneMatch(ExpireReport.Outcome::deleted)
				.anySatisfy((outcome) -> assertThat(outcome.verdict().reasons()).singleElement()
					.asString()
					.startsWith("restored by process"));
			hang.release();
			assertThat(restore.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.COMPLETE);
			others.delete(B1);
		}
		assertThat(this.harness.state()).isNull();
	}

	@Test
	void oneThatAnUnfinishedRestoreNeedsGoesWhenAskedFor() {
		this.harness.target.on(Operation.READ).key("full_meta.json").fail();
		assertThat(this.harness.inRuns((runs) -> runs.restore(request(), ProgressListener.NONE)).exitCode())
			.isEqualTo(ExitCode.FAILED);
		this.harness.target.heal();
		this.harness.withRuns((runs) -> runs.delete(B1));
		assertThat(this.harness.state()).isNull();
	}

	@Test
	void oneThatIsBeingMadeStays() throws Exception {
		this.harness.withRuns((runs) -> runs.delete(B1));
		this.harness.target.heal();
		Fault.Hang hang = this.harness.target.on(Operation.COPY).nth(1).hang();
		try (Runs making = this.harness.runs(); Runs others = this.harness.runs()) {
			CompletableFuture<RunSummary> backup = CompletableFuture
				.supplyAsync(() -> making.create(RunsHarness.request(""), ProgressListener.NONE));
			Awaitility.await().until(hang::reached);
			assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> others.delete(B1))
				.withMessageContaining("works on it")
				.extracting(LaunchException::exitCode)
				.isEqualTo(ExitCode.RUNNING);
			hang.release();
			assertThat(backup.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.COMPLETE);
		}
	}

	@Test
	void oneThatIsNotThereIsNotFound() {
		this.harness.withRuns((runs) -> assertThatExceptionOfType(ManifestException.class)
			.isThrownBy(() -> runs.delete(new BackupName("none"))));
	}

	private static RestoreRequest request() {
		return new RestoreRequest(B1, CollectionFilter.ALL, CollectionFilter.ALL, "_new", List.of(),
				new RestoreRequest.Options(false, false, false, false, false, false), null);
	}

}
