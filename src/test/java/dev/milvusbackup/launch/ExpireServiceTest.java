package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.retention.RetentionPolicy;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageException;
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

	private static final ObjectPrefix ROOT = ObjectPrefix.of("backup");

	private static final Duration GRACE = Duration.ofDays(7);

	private static final int OBJECTS = 3;

	private final RunsHarness harness;

	ExpireServiceTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory);
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void aDryRunTellsButDeletesNothing() {
		complete("n1", 3);
		complete("n2", 2);
		ExpireReport report = expire("", 1, false);
		assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(expiring(report)).containsExactly("n1");
		assertThat(report.backups()).noneMatch(ExpireReport.Outcome::deleted);
		assertThat(this.harness.target.calls(Operation.DELETE)).isZero();
		assertThat(this.harness.target.calls(Operation.WRITE)).isZero();
	}

	@Test
	void whatNoRuleKeepsIsDeletedAndNothingElse() {
		complete("n1", 3);
		complete("n2", 2);
		complete("n10", 1);
		complete("weekly", 9);
		ExpireReport report = expire("n", 1, true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(deleted(report)).containsExactly("n2", "n1");
		assertThat(report.objects()).isEqualTo(2 * OBJECTS);
		assertThat(this.harness.keys()).containsExactlyInAnyOrderElementsOf(keys("n10", "weekly"));
	}

	@Test
	void oneFailureKeepsNoOtherFromBeingDeletedAndIsNoSuccess() {
		complete("n1", 3);
		complete("n2", 2);
		complete("n3", 1);
		this.harness.target.on(Operation.DELETE).key("n1/binlogs").fail(denied());
		ExpireReport report = expire("", 1, true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
		assertThat(deleted(report)).containsExactly("n2");
		assertThat(report.backups().get(2).problem()).contains("denied");
	}

	@Test
	void aDeletionThatBrokeOffIsFinishedByTheNextRunWithoutAGraceTime() {
		complete("n1", 2);
		complete("n2", 1);
		this.harness.target.on(Operation.DELETE).key("n1/binlogs").fail(denied());
		expire("", 1, true);
		assertThat(this.harness.keys()).contains("backup/n1/meta/expired.json")
			.doesNotContain("backup/n1/meta/backup_meta.json");
		this.harness.target.heal();
		ExpireReport report = expire("", 1, true);
		assertThat(deleted(report)).containsExactly("n1");
		assertThat(report.backups().get(0).verdict().reasons()).containsExactly("its deletion has begun");
		assertThat(this.harness.keys()).containsExactlyInAnyOrderElementsOf(keys("n2"));
	}

	@Test
	void oneThatAProcessElsewhereWorksOnStays() {
		complete("b1", 9);
		complete("n2", 1);
		this.harness.putLease("elsewhere", Instant.now().toString());
		ExpireReport report = expire("", 1, true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(deleted(report)).isEmpty();
		assertThat(report.backups().get(1).verdict().reasons().get(0)).startsWith("in use by").contains("elsewhere");
	}

	@Test
	void oneThatAnUnfinishedRestoreNeedsStays() {
		this.harness.fake.collection("a").insertSegment("_default", 10);
		this.harness.create("");
		this.harness.backups.age(ROOT.directory("b1"), daysAgo(9));
		complete("n2", 1);
		this.harness.target.on(Operation.READ).key("full_meta.json").fail(denied());
		RunSummary restore = this.harness.inRuns((runs) -> runs.restore(
				new RestoreRequest(new BackupName("b1"), CollectionFilter.ALL, CollectionFilter.ALL, "_new", List.of(),
						new RestoreRequest.Options(false, false, false, false, false, false), null),
				ProgressListener.NONE));
		assertThat(restore.exitCode()).isNotEqualTo(ExitCode.COMPLETE);
		this.harness.target.heal();
		ExpireReport report = expire("", 1, true);
		assertThat(deleted(report)).isEmpty();
		assertThat(report.backups().get(1).verdict().reasons())
			.containsExactly("needed by the unfinished restore run " + restore.run());
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void oneThatBecomesCompleteMeanwhileStays() {
		unfinished("half", 30);
		complete("n2", 1);
		this.harness.target.on(Operation.WRITE).key("half/meta/lease.json").run(() -> complete("half", 0));
		ExpireReport report = expire("", 1, true);
		assertThat(report.exitCode()).isEqualTo(ExitCode.FAILED);
		assertThat(report.backups().get(1).problem()).contains("changed meanwhile");
		assertThat(this.harness.keys()).containsAll(keys("half", "n2"));
	}

	@Test
	void anUnfinishedOneGoesAfterItsGraceTime() {
		unfinished("old", 8);
		unfinished("fresh", 6);
		complete("n2", 1);
		assertThat(deleted(expire("", 1, true))).containsExactly("old");
	}

	@Test
	void theNameOfAnExpiredBackupIsFreeAgain() {
		this.harness.fake.collection("a").insertSegment("_default", 10);
		this.harness.create("");
		this.harness.backups.age(ROOT.directory("b1"), daysAgo(9));
		complete("n2", 1);
		assertThat(deleted(expire("", 1, true))).containsExactly("b1");
		RunSummary again = this.harness.create("");
		assertThat(again.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(again.objectsCopied()).isPositive();
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	@Test
	void withoutARuleNothingIsDoneAtAll() {
		complete("n1", 1);
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> expire("", 0, true))
			.withMessageContaining("no rule")
			.extracting(LaunchException::exitCode)
			.isEqualTo(ExitCode.USAGE);
		assertThat(this.harness.keys()).containsAll(keys("n1"));
	}

	private ExpireReport expire(String prefix, int last, boolean apply) {
		RetentionPolicy policy = new RetentionPolicy(last, 0, 0, 0, Duration.ZERO, GRACE);
		try (Runs runs = this.harness.runs()) {
			return runs.expire(new ExpireRequest(prefix, policy, apply), ProgressListener.NONE);
		}
	}

	private void complete(String name, int days) {
		unfinished(name, days);
		BackupLayout layout = new BackupLayout(ROOT, new BackupName(name));
		this.harness.backups.put(layout.meta(MetaFile.FULL).value(), "{}");
		this.harness.backups.put(layout.meta(MetaFile.BACKUP).value(), "{\"id\":\"" + name + "\"}");
		this.harness.backups.age(layout.directory(), daysAgo(days));
	}

	private void unfinished(String name, int days) {
		ObjectPrefix directory = ROOT.directory(name);
		for (int i = 0; i < OBJECTS; i++) {
			this.harness.backups.put(directory.key("binlogs/insert_log/1/2/3/3/0/" + i).value(), "x");
		}
		this.harness.backups.age(directory, daysAgo(days));
	}

	private List<String> keys(String... names) {
		return List.of(names)
			.stream()
			.flatMap((name) -> List
				.of("meta/full_meta.json", "meta/backup_meta.json", "binlogs/insert_log/1/2/3/3/0/0",
						"binlogs/insert_log/1/2/3/3/0/1", "binlogs/insert_log/1/2/3/3/0/2")
				.stream()
				.map((path) -> "backup/" + name + "/" + path))
			.toList();
	}

	private static Instant daysAgo(int days) {
		return Instant.now().minus(Duration.ofDays(days));
	}

	private static StorageException denied() {
		return new StorageException(StorageException.Kind.PERMANENT, "unable to reach the store: denied (scripted)",
				null, null);
	}

	private static List<String> expiring(ExpireReport report) {
		return report.backups()
			.stream()
			.filter((outcome) -> outcome.verdict().expires())
			.map((outcome) -> outcome.verdict().backup().entry().name().value())
			.toList();
	}

	private static List<String> deleted(ExpireReport report) {
		return report.backups()
			.stream()
			.filter(ExpireReport.Outcome::deleted)
			.map((outcome) -> outcome.verdict().backup().entry().name().value())
			.toList();
	}

}
