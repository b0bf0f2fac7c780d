package dev.milvusbackup.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.retention.RetentionPolicy;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageException;

/**
 * Backups of some age in the target of a harness, and their deletion.
 */
final class OldBackups {

	static final int OBJECTS = 3;

	static final Duration GRACE = Duration.ofDays(7);

	private static final ObjectPrefix ROOT = ObjectPrefix.of("backup");

	private final RunsHarness harness;

	OldBackups(RunsHarness harness) {
		this.harness = harness;
	}

	ExpireReport expire(String prefix, int last, boolean apply) {
		RetentionPolicy policy = new RetentionPolicy(last, 0, 0, 0, Duration.ZERO, GRACE);
		try (Runs runs = this.harness.runs()) {
			return runs.expire(new ExpireRequest(prefix, policy, apply), ProgressListener.NONE);
		}
	}

	void complete(String name, int days) {
		unfinished(name, days);
		BackupLayout layout = new BackupLayout(ROOT, new BackupName(name));
		this.harness.backups.put(layout.meta(MetaFile.FULL).value(), "{}");
		this.harness.backups.put(layout.meta(MetaFile.BACKUP).value(), "{\"id\":\"" + name + "\"}");
		age(name, days);
	}

	void unfinished(String name, int days) {
		ObjectPrefix directory = ROOT.directory(name);
		for (int i = 0; i < OBJECTS; i++) {
			this.harness.backups.put(directory.key("binlogs/insert_log/1/2/3/3/0/" + i).value(), "x");
		}
		age(name, days);
	}

	void age(String name, int days) {
		this.harness.backups.age(ROOT.directory(name), daysAgo(days));
	}

	List<String> keys(String... names) {
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

	static StorageException denied() {
		return new StorageException(StorageException.Kind.PERMANENT, "unable to reach the store: denied (scripted)",
				null, null);
	}

	static List<String> deleted(ExpireReport report) {
		return report.backups()
			.stream()
			.filter(ExpireReport.Outcome::deleted)
			.map((outcome) -> outcome.verdict().backup().entry().name().value())
			.toList();
	}

}
