package dev.milvusbackup.compat;

import java.util.List;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.milvus.etcd.EtcdProperties;
import dev.milvusbackup.milvus.tls.Certificates;
import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RestoreRequest.Options;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Roles;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.milvus.FakeEtcd;
import dev.milvusbackup.testing.milvus.FakeMilvus;

/**
 * Two simulated servers of one version with a store that both can read, and runs of the
 * program with them. What one world names a backup, no other may.
 */
final class World implements AutoCloseable {

	private static final String METADATA = "by-dev";

	final FakeMilvus source;

	final FakeMilvus target;

	private final FakeEtcd etcd = FakeEtcd.start();

	private final Program program;

	private final Runs backups;

	private final Runs restores;

	/** Whether users and roles are backed up and restored, too. */
	private final boolean roles;

	World(String version, Program program) {
		this.program = program;
		this.roles = Versions.compare(version, "2.4.7") >= 0;
		ObjectPrefix root = program.buckets.milvusStorage().keyRoot();
		this.source = FakeMilvus.start(version, program.buckets.milvus(), root);
		this.target = FakeMilvus.start(version, program.buckets.milvus(), root);
		this.backups = program.with(this.source.properties()
			.withEtcd(new EtcdProperties(List.of(this.etcd.endpoint()), METADATA, "", "", Certificates.NONE)));
		this.restores = program.with(this.target.properties());
	}

	/**
	 * Backs up everything of the source, with what only its etcd tells.
	 */
	RunSummary create(String backup) {
		this.source.keepMetadata(this.etcd, METADATA);
		return this.backups.create(new CreateRequest(new BackupName(backup), CollectionFilter.ALL,
				CreateRequest.Strategy.AUTO, this.roles, true, CreateRequest.Format.BINLOG), ProgressListener.NONE);
	}

	/**
	 * Backs up a collection.
	 */
	RunSummary create(String backup, String filter, CreateRequest.Strategy strategy) {
		return this.backups.create(new CreateRequest(new BackupName(backup), CollectionFilter.parse(filter), strategy,
				false, false, CreateRequest.Format.BINLOG), ProgressListener.NONE);
	}

	/**
	 * The collections of the backup, as they are described there.
	 */
	List<Collection> described(String backup) {
		return new ManifestStore(this.program.buckets.milvus())
			.read(new BackupLayout(this.program.buckets.backupStorage(true).keyRoot(), new BackupName(backup)),
					SegmentSink.NONE)
			.collections()
			.stream()
			.map(CollectionBackup::collection)
			.toList();
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
		return restore(backup, CollectionFilter.ALL, suffix, RestoreDetails.NONE);
	}

	/**
	 * Restores without indexes.
	 * @param filter by names in the target
	 */
	RunSummary restore(String backup, CollectionFilter filter, String suffix, RestoreDetails details) {
		return this.restores
			.restore(
					new RestoreRequest(new BackupName(backup), CollectionFilter.ALL, filter, suffix, List.of(),
							new Options(false, false, false, false, false, false), null, details),
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
		this.etcd.close();
		this.target.close();
	}

}
