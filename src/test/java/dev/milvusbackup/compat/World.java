package dev.milvusbackup.compat;

import java.util.List;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RestoreRequest.Options;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Roles;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.milvus.FakeMilvus;

/**
 * Two simulated servers of one version with a store that both can read, and runs of the
 * program with them. What one world names a backup, no other may.
 */
final class World implements AutoCloseable {

	final FakeMilvus source;

	final FakeMilvus target;

	private final Runs backups;

	private final Runs restores;

	/** Whether users and roles are backed up and restored, too. */
	private final boolean roles;

	World(String version, Program program) {
		this.roles = Versions.compare(version, "2.4.7") >= 0;
		ObjectPrefix root = program.buckets.milvusStorage().keyRoot();
		this.source = FakeMilvus.start(version, program.buckets.milvus(), root);
		this.target = FakeMilvus.start(version, program.buckets.milvus(), root);
		this.backups = program.with(this.source.properties());
		this.restores = program.with(this.target.properties());
	}

	/**
	 * Backs up everything of the source.
	 */
	RunSummary create(String backup) {
		return this.backups.create(new CreateRequest(new BackupName(backup), CollectionFilter.ALL,
				CreateRequest.Strategy.AUTO, this.roles, false, CreateRequest.Format.BINLOG), ProgressListener.NONE);
	}

	/**
	 * Restores everything into the target, under the old names, with indexes, users and
	 * roles, and loads what was loaded.
	 */
	RunSummary restore(String backup) {
		return this.restores.restore(new RestoreRequest(new BackupName(backup), CollectionFilter.ALL,
				CollectionFilter.ALL, "", List.of(), new Options(true, false, false, false, false, false), null,
				new RestoreDetails(null, 0, SkipParams.NONE, false, new Wishes(false, Load.AS_BEFORE, false, false),
						this.roles ? Roles.ALL : Roles.NONE, EncryptionKeys.NONE)),
				ProgressListener.NONE);
	}

	/**
	 * Lets Milvus back some collections up.
	 */
	RunSummary createSnapshots(String backup, String filter) {
		return this.backups.create(new CreateRequest(new BackupName(backup), CollectionFilter.parse(filter),
				CreateRequest.Strategy.AUTO, false, false, CreateRequest.Format.SNAPSHOT), ProgressListener.NONE);
	}

	/**
	 * Restores everything beside what is there.
	 */
	RunSummary restore(String backup, String suffix) {
		return this.restores
			.restore(
					new RestoreRequest(new BackupName(backup), CollectionFilter.ALL, CollectionFilter.ALL, suffix,
							List.of(), new Options(false, false, false, false, false, false), null),
					ProgressListener.NONE);
	}

	static void requireComplete(RunSummary summary) {
		if (summary.exitCode() != ExitCode.COMPLETE) {
			throw new AssertionError(summary.toString());
		}
	}

	@Override
	public void close() {
		this.source.close();
		this.target.close();
	}

}
