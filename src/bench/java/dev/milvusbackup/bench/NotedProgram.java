package dev.milvusbackup.bench;

import java.nio.file.Path;

import dev.milvusbackup.cli.Connectors;
import dev.milvusbackup.cli.MilvusBackup;
import dev.milvusbackup.cli.Surroundings;
import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;

/**
 * The program on stores that only note what lies in them, beside their directories.
 */
public final class NotedProgram {

	private NotedProgram() {
	}

	public static void main(String[] args) {
		StoreConnector stores = new NotedStores();
		MilvusConnector milvus = new DefaultMilvusConnector();
		MilvusBackup.runAndExit(args, new Connectors(new JobRunsFactory(stores, milvus), stores, milvus),
				Surroundings.ofProcess());
	}

	static Path notes(StorageProperties properties) {
		return Path.of(properties.rootPath() + ".notes");
	}

	private static final class NotedStores implements StoreConnector {

		private final StoreConnector disks = new DefaultStoreConnector();

		@Override
		public ObjectStore open(StorageProperties properties) {
			return new NotedStore(this.disks.open(properties), notes(properties));
		}

		@Override
		public ObjectStore openOrCreate(StorageProperties properties) {
			return new NotedStore(this.disks.openOrCreate(properties), notes(properties));
		}

	}

}
