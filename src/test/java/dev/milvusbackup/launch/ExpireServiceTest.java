package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.testing.Fault.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which backups {@code expire} really deletes, and what a failure leaves.
 */
class ExpireServiceTest {

	private final RunsHarness harness;

	private final OldBackups old;

	ExpireServiceTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory);
		this.old = new OldBackups(this.harness);
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void aDryRunTellsButDeletesNothing() {
		this.old.complete("n1", 3);
		this.old.complete("n2", 2);
		ExpireReport report = this.old.expire("", 1, false);
		assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(expiring(report)).containsExactly("n1");
		assertThat(report.backups()).noneMatch(ExpireReport.Outcome::deleted);
		assertThat(this.harness.target.calls(Operation.DELETE)).isZero();
		assertThat(this.harness.target.calls(Operation.WRITE)).isZero();
	}

	@Test
	void whatNoRuleKeepsIsDeletedAndNothingElse() {
		this.old.complete("n1", 3);
		this.old.complete("n2", 2);
		this.old.complete("n10", 1);
		this.old.complete("weekly", 9);
		ExpireReport report = this.old.expire("n", 1, true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(OldBackups.deleted(report)).containsExactly("n2", "n1");
		assertThat(report.objects()).isEqualTo(2 * OldBackups.OBJECTS);
		assertThat(this.harness.keys()).containsExactlyInAnyOrderElementsOf(this.old.keys("n10", "weekly"));
	}

	@Test
	void oneFailureKeepsNoOtherFromBeingDeletedAndIsNoSuccess() {
		this.old.complete("n1", 3);
		this.old.complete("n2", 2);
		this.old.complete("n3", 1);
		this.harness.target.on(Operation.DELETE).key("n1/binlogs").fail(OldBackups.denied());
		ExpireReport report = this.old.expire("", 1, true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
		assertThat(OldBackups.deleted(report)).containsExactly("n2");
		assertThat(report.backups().get(2).problem()).contains("denied");
	}

	@Test
	void aDeletionThatBrokeOffIsFinishedByTheNextRunWithoutAGraceTime() {
		this.old.complete("n1", 2);
		this.old.complete("n2", 1);
		this.harness.target.on(Operation.DELETE).key("n1/binlogs").fail(OldBackups.denied());
		this.old.expire("", 1, true);
		assertThat(this.harness.keys()).contains("backup/n1/meta/expired.json")
			.doesNotContain("backup/n1/meta/backup_meta.json");
		this.harness.target.heal();
		ExpireReport report = this.old.expire("", 1, true);
		assertThat(OldBackups.deleted(report)).containsExactly("n1");
		assertThat(report.backups().get(0).verdict().reasons()).containsExactly("its deletion has begun");
		assertThat(this.harness.keys()).containsExactlyInAnyOrderElementsOf(this.old.keys("n2"));
	}

	@Test
	void oneThatAProcessElsewhereWorksOnStays() {
		this.old.complete("b1", 9);
		this.old.complete("n2", 1);
		this.harness.putLease("elsewhere", Instant.now().toString());
		ExpireReport report = this.old.expire("", 1, true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(OldBackups.deleted(report)).isEmpty();
		assertThat(report.backups().get(1).verdict().reasons().get(0)).startsWith("in use by").contains("elsewhere");
	}

	@Test
	void oneThatAnUnfinishedRestoreNeedsStays() {
		this.harness.fake.collection("a").insertSegment("_default", 10);
		this.harness.create("");
		this.old.age("b1", 9);
		this.old.complete("n2", 1);
		this.harness.target.on(Operation.READ).key("full_meta.json").fail(OldBackups.denied());
		RunSummary restore = this.harness.inRuns((runs) -> runs.restore(
				new RestoreRequest(new BackupName("b1"), CollectionFilter.ALL, CollectionFilter.ALL, "_new", List.of(),
						new RestoreRequest.Options(false, false, false, false, false, false), null),
				ProgressListener.NONE));
		assertThat(restore.exitCode()).isNotEqualTo(ExitCode.COMPLETE);
		this.harness.target.heal();
		ExpireReport report = this.old.expire("", 1, true);
		assertThat(OldBackups.deleted(report)).isEmpty();
		assertThat(report.backups().get(1).verdict().reasons())
			.containsExactly("needed by the unfinished restore run " + restore.run());
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void oneThatBecomesCompleteMeanwhileStays() {
		this.old.unfinished("half", 30);
		this.old.complete("n2", 1);
		this.harness.target.on(Operation.WRITE).key("half/meta/lease.json").run(() -> this.old.complete("half", 0));
		ExpireReport report = this.old.expire("", 1, true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
		assertThat(report.backups().get(1).problem()).contains("changed meanwhile");
		assertThat(this.harness.keys()).containsAll(this.old.keys("half", "n2"));
	}

	@Test
	void anUnfinishedOneGoesAfterItsGraceTime() {
		this.old.unfinished("old", 8);
		this.old.unfinished("fresh", 6);
		this.old.complete("n2", 1);
		assertThat(OldBackups.deleted(this.old.expire("", 1, true))).containsExactly("old");
	}

	@Test
	void theNameOfAnExpiredBackupIsFreeAgain() {
		this.harness.fake.collection("a").insertSegment("_default", 10);
		this.harness.create("");
		this.old.age("b1", 9);
		this.old.complete("n2", 1);
		assertThat(OldBackups.deleted(this.old.expire("", 1, true))).containsExactly("b1");
		RunSummary again = this.harness.create("");
		assertThat(again.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(again.objectsCopied()).isPositive();
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void withoutARuleNothingIsDoneAtAll() {
		this.old.complete("n1", 1);
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> this.old.expire("", 0, true))
			.withMessageContaining("no rule")
			.extracting(LaunchException::exitCode)
			.isEqualTo(ExitCode.USAGE);
		assertThat(this.harness.keys()).containsAll(this.old.keys("n1"));
	}

	private static List<String> expiring(ExpireReport report) {
		return report.backups()
			.stream()
			.filter((outcome) -> outcome.verdict().expires())
			.map((outcome) -> outcome.verdict().backup().entry().name().value())
			.toList();
	}

}
