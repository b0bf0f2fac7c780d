package dev.milvusbackup.compat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RestoreRequest.Options;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.storage.TransferMode;
import dev.milvusbackup.testing.milvus.FakeMilvus;

/**
 * Two simulated servers of one version with a store that both can read, and the program
 * as it is shipped but for its command line.
 */
final class World implements AutoCloseable {

	final FakeMilvus source;

	final FakeMilvus target;

	private final Runs backups;

	private final Runs restores;

	World(String version, Path directory) {
		this(version, directory, new DefaultMilvusConnector());
	}

	World(String version, Path directory, MilvusConnector connector) {
		Buckets buckets = new Buckets();
		this.source = FakeMilvus.start(version, buckets.milvus(), buckets.milvusStorage().keyRoot());
		this.target = FakeMilvus.start(version, buckets.milvus(), buckets.milvusStorage().keyRoot());
		RepositoryProperties repository = RepositoryProperties.h2(directory.resolve("repository-" + version));
		this.backups = new JobRunsFactory(buckets, connector).open(settings(buckets, this.source, repository));
		this.restores = this.backups.with(settings(buckets, this.target, repository));
	}

	private static Settings settings(Buckets buckets, FakeMilvus server, RepositoryProperties repository) {
		return new Settings(server.properties(), buckets.milvusStorage(), buckets.backupStorage(true),
				TransferMode.AUTO, 8, new Settings.BackupSettings(4, true, Duration.ofSeconds(20)),
				new Settings.RestoreSettings(4, 64, Duration.ofSeconds(20), false), repository);
	}

	/**
	 * Backs up everything of the source.
	 */
	RunSummary create(String backup) {
		return this.backups.create(
				new CreateRequest(new BackupName(backup), CollectionFilter.ALL, CreateRequest.Strategy.AUTO),
				ProgressListener.NONE);
	}

	/**
	 * Restores everything into the target, under the old names, with indexes.
	 */
	RunSummary restore(String backup) {
		return this.restores
			.restore(
					new RestoreRequest(new BackupName(backup), CollectionFilter.ALL, CollectionFilter.ALL, "",
							List.of(), new Options(true, false, false, false, false, false), null),
					ProgressListener.NONE);
	}

	static void requireComplete(RunSummary summary) {
		if (summary.exitCode() != ExitCode.COMPLETE) {
			throw new AssertionError(summary.toString());
		}
	}

	@Override
	public void close() {
		this.backups.close();
		this.source.close();
		this.target.close();
	}

}
