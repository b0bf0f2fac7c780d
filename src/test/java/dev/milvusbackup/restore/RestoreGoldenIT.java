package dev.milvusbackup.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.milvusbackup.config.Settings.RestoreSettings;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.restore.RestoreRun.Ledgers;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.real.MilvusRows;
import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import dev.milvusbackup.testing.sql.DatabaseKind;
import dev.milvusbackup.testing.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups that the Go tool wrote, restored into a real Milvus.
 */
@RequiresReal("milvus-2.3.5")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreGoldenIT {

	private static final Options REBUILD_INDEXES = new Options(true, false, false, false, false, false);

	private Path directory;

	private RealMilvus server;

	private Milvus milvus;

	@BeforeAll
	void restoreBoth(RealServers servers) throws Exception {
		this.server = servers.milvus(MilvusVersion.V2_3_5);
		// Milvus reads it there, so it must not be inside of a jar or its own directory
		this.directory = Files.createTempDirectory("golden");
		FileSystemUtils.copyRecursively(Path.of("src/test/resources/golden/bk-bucket/backup"), this.directory);
		this.milvus = new DefaultMilvusConnector().connect(new MilvusProperties(this.server.host(), this.server.port(),
				"", "", 0, null, null, null, null, "http://127.0.0.1:1"));
		restore("golden_v0_4_15", "_g4");
		restore("golden_v0_5_16", "_g5");
	}

	@AfterAll
	void clean() throws IOException {
		this.milvus.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

	@Test
	void everyRowIsThereButTheDeletedOnes() {
		for (String suffix : List.of("_g4", "_g5")) {
			assertThat(rows("default", "fx_all_types" + suffix).count()).isEqualTo(895);
			assertThat(rows("default", "fx_binary_auto" + suffix).count()).isEqualTo(298);
			assertThat(rows("default", "fx_partition_key" + suffix).count()).isEqualTo(300);
			assertThat(rows("default", "fx_empty" + suffix).count()).isZero();
			assertThat(rows("fx_db", "fx_all_types" + suffix).count()).isEqualTo(300);
		}
	}

	@Test
	void bothReleasesGiveTheSameValues() {
		for (String name : List.of("fx_all_types", "fx_binary_auto", "fx_partition_key")) {
			assertThat(rows("default", name + "_g4").rows()).as(name).isEqualTo(rows("default", name + "_g5").rows());
		}
	}

	@Test
	void schemaPartitionsAndIndexesAreThoseOfTheSource() {
		Collection restored = this.milvus.catalog().describe(new CollectionName("default", "fx_all_types_g5"));
		assertThat(restored.shards()).isEqualTo(2);
		assertThat(restored.partitions()).extracting(Partition::name).hasSize(3).contains("_default");
		assertThat(restored.schema().dynamicFieldEnabled()).isTrue();
		assertThat(this.milvus.schema().indexes(restored.name())).extracting(Index::fieldName).contains("fv", "s");
		Collection byKey = this.milvus.catalog().describe(new CollectionName("default", "fx_partition_key_g5"));
		assertThat(byKey.partitions()).hasSize(4);
		assertThat(byKey.schema().fields()).anyMatch(Field::partitionKey);
	}

	private void restore(String backup, String suffix) throws Exception {
		StorageProperties backupStorage = local(this.directory.toString());
		try (TestDatabase database = TestDatabase.open(DatabaseKind.H2_MEMORY);
				ObjectStore store = new DefaultStoreConnector().open(backupStorage)) {
			LedgerDatabase ledger = new LedgerDatabase(database.dataSource());
			long runId = new RunLedger(ledger)
				.open(new RunIdentity(RunKind.RESTORE, "golden", backup), backup, "f", "{}")
				.id();
			BackupLayout layout = new BackupLayout(backupStorage.keyRoot(), new BackupName(backup));
			RestorePlanRequest request = new RestorePlanRequest(layout.name(), CollectionFilter.ALL,
					CollectionFilter.ALL, suffix, List.of(), REBUILD_INDEXES, "golden");
			RestoreRun run = new RestoreRun(runId, request,
					new RestorePlaces(store, layout, backupStorage, local(this.server.rootPath()), null), this.milvus,
					"real", new Ledgers(ledger), new RestoreSettings(2, 16, Duration.ofMinutes(1), false));
			try (RestoreJobConfiguration configuration = new RestoreJobConfiguration(
					RestoreHarness.jobRepository(database), run, List.of())) {
				JobExecution execution = RestoreHarness.operator(RestoreHarness.jobRepository(database))
					.start(configuration.job(), RestoreHarness.parameters(runId));
				assertThat(execution.getAllFailureExceptions()).isEmpty();
			}
			assertThat(new Ledgers(ledger).segments().collections(runId)).hasSize(5)
				.allSatisfy((collection) -> assertThat(collection.state()).as(collection.name() + collection.reason())
					.isEqualTo(PlannedCollection.State.PLANNED));
		}
	}

	private MilvusRows rows(String database, String name) {
		return MilvusRows.read(this.server, database, name);
	}

	private static StorageProperties local(String root) {
		return new StorageProperties("local", "", 0, null, false, "", root, null, null, null, null, 8, 1L << 29);
	}

}
