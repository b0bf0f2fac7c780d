package dev.milvusbackup.compat;

import java.nio.file.Path;
import java.time.Duration;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.storage.TransferMode;

/**
 * The program as it is shipped but for its command line, with one job repository for all
 * the servers that it is used with.
 */
final class Program implements AutoCloseable {

	final Buckets buckets = new Buckets();

	private final SharedMilvus connections = new SharedMilvus();

	private final RepositoryProperties repository;

	private final Runs runs;

	Program(Path directory) {
		this.repository = RepositoryProperties.h2(directory.resolve("repository"));
		// nothing is asked of the server at this address
		MilvusProperties nowhere = new MilvusProperties("127.0.0.1", 1, "", "", 0, null, null, null, null, "");
		this.runs = new JobRunsFactory(this.buckets, this.connections).open(settings(nowhere));
	}

	/**
	 * Runs with that server.
	 */
	Runs with(MilvusProperties server) {
		return this.runs.with(settings(server));
	}

	private Settings settings(MilvusProperties server) {
		return new Settings(server, this.buckets.milvusStorage(), this.buckets.backupStorage(true), TransferMode.AUTO,
				8, new Settings.BackupSettings(4, true, Duration.ofSeconds(20)),
				new Settings.RestoreSettings(4, 64, Duration.ofSeconds(20), false), this.repository);
	}

	@Override
	public void close() {
		this.runs.close();
		this.connections.close();
	}

}
