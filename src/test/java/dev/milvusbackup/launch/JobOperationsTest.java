package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageException.Kind;
import dev.milvusbackup.testing.Fault.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an operator can do with executions, and what the commands do afterwards.
 */
class JobOperationsTest {

	private final RunsHarness harness;

	JobOperationsTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory);
	}

	@BeforeEach
	void fill() {
		this.harness.fake.collection("a").insertSegment("_default", 10);
		this.harness.fake.collection("a").insertSegment("_default", 20);
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void aFailedBackupIsGoneOnWithByItsExecution() {
		failedBackup();
		RunSummary again = this.harness
			.inRuns((runs) -> runs.resume(runOf(runs, newest(runs).execution()), ProgressListener.NONE));
		assertThat(again.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(again.restarts()).isEqualTo(1);
		RunSummary complete = this.harness.inRuns((runs) -> runs.resume(again.run(), ProgressListener.NONE));
		assertThat(complete.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(complete.message()).contains("already complete");
		assertThat(complete.objectsCopied()).isZero();
	}

	@Test
	void aFailedRestoreIsGoneOnWithByItsExecution() {
		RestoreDetails details = new RestoreDetails(null, 2, SkipParams.NONE, false, RestoreDetails.Wishes.NONE);
		long run = failedRestore(null, details);
		RunSummary again = this.harness.inRuns((runs) -> runs.resume(run, ProgressListener.NONE));
		assertThat(again.run()).isEqualTo(run);
		assertThat(again.exitCode()).as(again.message()).isEqualTo(ExitCode.COMPLETE);
		assertThat(again.rows()).isEqualTo(30);
	}

	@Test
	void aRestoreRequestIsReadAsItWasWritten() {
		RestoreMapping mapping = new RestoreMapping(
				List.of(new RestoreMapping.DatabaseMapping("d", "e",
						List.of(new RestoreMapping.CollectionMapping("a", "b", 2, null)))),
				CollectionFilter.parse("e.b,f.*,g."));
		RestoreRequest request = new RestoreRequest(new BackupName("b1"), CollectionFilter.parse("x"),
				CollectionFilter.ALL, "", List.of(), new RestoreRequest.Options(true, false, true, false, true, false),
				"id, with \"quotes\"",
				new RestoreDetails(mapping, 3, new SkipParams(Set.of("a"), Set.of(), Set.of("b"), Set.of()), true,
						new RestoreDetails.Wishes(true, RestoreDetails.Load.NO, true, false)));
		assertThat(RestoreRequestCodec.read(1, RestoreRequestCodec.write(request))).isEqualTo(request);
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> RestoreRequestCodec.read(1, "{\"name\":7}"))
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(ExitCode.USAGE));
	}

	@Test
	void keysOfEncryptedDatabasesAreNotKeptAndTheirRunNeedsThemAgain() {
		long run = failedRestore("keys",
				RestoreDetails.NONE.withKeys(new EncryptionKeys(Map.of("old-secret", "new-secret"))));
		refused(ExitCode.USAGE, "its keys of encrypted databases are not kept",
				(runs) -> runs.resume(run, ProgressListener.NONE));
		String written = RestoreRequestCodec.write(
				restore("keys", RestoreDetails.NONE.withKeys(new EncryptionKeys(Map.of("old-secret", "new-secret")))));
		assertThat(written).doesNotContain("secret\"");
	}

	@Test
	void aRunOfAnotherConfigurationIsNotGoneOnWith() {
		failedBackup();
		this.harness.backupRoot = "elsewhere";
		refused(ExitCode.USAGE, "this configuration of",
				(runs) -> runs.resume(newest(runs).run().id(), ProgressListener.NONE));
		assertThat(this.harness.keys()).noneMatch((key) -> key.startsWith("elsewhere"));
	}

	@Test
	void anExecutionThatNobodyKnowsIs8() {
		refused(ExitCode.NOT_FOUND, "not in this job repository", (runs) -> runs.operations().find(7, "restart"));
		refused(ExitCode.NOT_FOUND, "not in this job repository", (runs) -> runs.operations().stop(7));
		refused(ExitCode.NOT_FOUND, "not in this job repository", (runs) -> runs.operations().recover(7));
		refused(ExitCode.NOT_FOUND, "not in this job repository", (runs) -> runs.operations().abandon(7));
		refused(ExitCode.NOT_FOUND, "not in this job repository", (runs) -> runs.resume(7, ProgressListener.NONE));
	}

	@Test
	void whatDoesNotRunCannotBeStopped() {
		failedBackup();
		refused(ExitCode.USAGE, "not running", (runs) -> runs.operations().stop(newest(runs).execution()));
	}

	@Test
	void recoveringWhatEndedProperlyChangesNothing() {
		failedBackup();
		this.harness.withRuns((runs) -> {
			RunDetail before = newest(runs);
			RunDetail after = runs.operations().recover(before.execution());
			assertThat(after.status()).isEqualTo("FAILED");
			assertThat(after.ended()).isEqualTo(before.ended());
		});
	}

	@Test
	void anAbandonedBackupIsNotGoneOnWithUntilItIsDeleted() {
		long run = failedBackup();
		this.harness.withRuns((runs) -> {
			RunDetail abandoned = runs.operations().abandon(newest(runs).execution());
			assertThat(abandoned.phase()).isEqualTo(RunPhase.ABANDONED);
			assertThat(abandoned.status()).isEqualTo("ABANDONED");
			assertThat(runs.operations().abandon(abandoned.execution()).phase()).isEqualTo(RunPhase.ABANDONED);
		});
		refused(ExitCode.USAGE, "run '" + run + "' was abandoned",
				(runs) -> runs.create(RunsHarness.request(""), ProgressListener.NONE));
		refused(ExitCode.USAGE, "it was abandoned", (runs) -> runs.resume(run, ProgressListener.NONE));
		this.harness.delete();
		RunSummary anew = this.harness.create("");
		assertThat(anew.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(anew.run()).isNotEqualTo(run);
		assertThat(anew.restarts()).isZero();
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void anAbandonedRestoreBeginsAnewUnlessItHasAName() {
		long unnamed = failedRestore(null, RestoreDetails.NONE);
		long named = failedRestore("r1", RestoreDetails.NONE);
		this.harness.withRuns((runs) -> {
			runs.operations().abandon(runs.lookUp().find(unnamed).orElseThrow().execution());
			runs.operations().abandon(runs.lookUp().find(named).orElseThrow().execution());
		});
		refused(ExitCode.USAGE, "run '" + named + "' of this name was abandoned",
				(runs) -> runs.restore(restore("r1", RestoreDetails.NONE), ProgressListener.NONE));
		RunSummary anew = this.harness
			.inRuns((runs) -> runs.restore(restore(null, RestoreDetails.NONE), ProgressListener.NONE));
		assertThat(anew.exitCode()).as(anew.message()).isEqualTo(ExitCode.COMPLETE);
		assertThat(anew.run()).isGreaterThan(named);
	}

	@Test
	void whatIsCompleteOrHasALaterExecutionIsNotAbandoned() {
		failedBackup();
		long first = execution();
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
		refused(ExitCode.USAGE, "a later one of its run is", (runs) -> runs.operations().abandon(first));
		refused(ExitCode.USAGE, "its run is complete", (runs) -> runs.operations().abandon(newest(runs).execution()));
	}

	private long failedBackup() {
		this.harness.target.on(Operation.WRITE).key("full_meta.json").fail(denied());
		RunSummary failed = this.harness.create("");
		assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
		this.harness.target.heal();
		return failed.run();
	}

	private long failedRestore(@Nullable String id, RestoreDetails details) {
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
		this.harness.target.on(Operation.READ).key("full_meta.json").fail(denied());
		RunSummary failed = this.harness.inRuns((runs) -> runs.restore(restore(id, details), ProgressListener.NONE));
		assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
		this.harness.target.heal();
		return failed.run();
	}

	private static RestoreRequest restore(@Nullable String id, RestoreDetails details) {
		return new RestoreRequest(new BackupName("b1"), CollectionFilter.ALL, CollectionFilter.ALL, "_new", List.of(),
				new RestoreRequest.Options(false, false, false, false, false, false), id, details);
	}

	private void refused(ExitCode exitCode, String message, Function<Runs, Object> work) {
		this.harness
			.withRuns((runs) -> assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> work.apply(runs))
				.withMessageContaining(message)
				.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(exitCode)));
	}

	private long execution() {
		try (Runs runs = this.harness.runs()) {
			return newest(runs).execution();
		}
	}

	private static RunDetail newest(Runs runs) {
		return runs.lookUp().newest(RunKind.BACKUP, "b1").orElseThrow();
	}

	private static long runOf(Runs runs, long execution) {
		return runs.operations().find(execution, "restart").run().id();
	}

	private static StorageException denied() {
		return new StorageException(Kind.PERMANENT, "unable to do it: denied", null, null);
	}

}
