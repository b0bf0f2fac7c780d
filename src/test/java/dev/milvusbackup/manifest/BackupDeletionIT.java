package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.real.RealMinio;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real MinIO, several batches at once, with a stop and a second look.
 */
@RequiresReal("minio")
class BackupDeletionIT {

	private static final ObjectPrefix ROOT = ObjectPrefix.of("backup");

	private static final int OBJECTS = 12_500;

	private final RealMinio minio;

	BackupDeletionIT(RealServers servers) {
		this.minio = servers.minio();
	}

	@Test
	void thousandsOfObjectsAreDeletedOnceAndNothingElse() throws Exception {
		DefaultStoreConnector connector = new DefaultStoreConnector();
		try (ObjectStore store = connector.openOrCreate(properties())) {
			BackupCatalog catalog = new BackupCatalog(store, ROOT);
			fill(store, "b1", OBJECTS);
			fill(store, "b10", 5);
			long before = connector.metrics().deletes().sum();
			AtomicLong deleted = new AtomicLong();
			assertThat(catalog.expire(new BackupName("b1"), progress(deleted, true))).isFalse();
			assertThat(deleted).hasValue(8000);
			assertThat(catalog.dated("b1")).extracting(DatedBackup::deleting).contains(true);
			assertThat(catalog.expire(new BackupName("b1"), progress(deleted, false))).isTrue();
			assertThat(deleted).hasValue(OBJECTS);
			assertThat(connector.metrics().deletes().sum() - before).isLessThan(40);
			assertThat(store.list(ROOT.directory("b1"))).isEmpty();
			assertThat(store.list(ROOT.directory("b10"))).hasSize(6);
			assertThat(catalog.list()).extracting((entry) -> entry.name().value()).containsExactly("b10");
		}
	}

	private static DeletionProgress progress(AtomicLong deleted, boolean stopping) {
		return new DeletionProgress() {
			@Override
			public void deleted(long objects) {
				deleted.addAndGet(objects);
			}

			@Override
			public boolean isStopped() {
				return stopping && deleted.get() > 0;
			}
		};
	}

	private static void fill(ObjectStore store, String name, int objects) throws Exception {
		ObjectPrefix directory = ROOT.directory(name);
		ExecutorService writers = Executors.newFixedThreadPool(32);
		try {
			List<Future<?>> written = new ArrayList<>();
			for (int i = 0; i < objects; i++) {
				ObjectKey key = directory.key("binlogs/insert_log/1/2/" + (i / 100) + "/" + i);
				written.add(writers.submit(() -> store.write(key, ObjectContent.of(new byte[] { 1 }))));
			}
			for (Future<?> each : written) {
				each.get();
			}
		}
		finally {
			writers.shutdownNow();
		}
		store.write(directory.key("meta/backup_meta.json"), ObjectContent.of("{\"id\":\"i\"}".getBytes()));
	}

	private StorageProperties properties() {
		return new StorageProperties("minio", this.minio.host(), this.minio.port(), null, false,
				"expire-" + UUID.randomUUID(), "backup", null, this.minio.accessKey(), this.minio.secretKey(), null, 32,
				1L << 29);
	}

}
