package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Duration;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.CreateRequest.Format;
import dev.milvusbackup.launch.CreateRequest.Strategy;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.TransferMode;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FormatChoiceTest {

	@ParameterizedTest
	@CsvSource({ "3.0, minio, AUTO, AUTO, SNAPSHOT", "3.0, minio, SKIP_FLUSH, SNAPSHOT, SNAPSHOT",
			"3.0, minio, AUTO, BINLOG, BINLOG", "3.0, minio, META_ONLY, AUTO, BINLOG", "3.0, local, AUTO, AUTO, BINLOG",
			"2.6.11, minio, AUTO, AUTO, BINLOG", "2.6.11, minio, AUTO, BINLOG, BINLOG" })
	void theFormatFitsServerAndStorage(String version, String provider, Strategy strategy, Format asked,
			BackupFormat chosen) {
		assertThat(choose(version, provider, strategy, asked)).isEqualTo(chosen);
	}

	@ParameterizedTest
	@CsvSource({ "2.6.11, minio, AUTO, INCOMPATIBLE, older than 3.0", "3.0, minio, META_ONLY, USAGE, without rows",
			"3.0, local, AUTO, USAGE, local" })
	void whatDoesNotFitIsRefused(String version, String provider, Strategy strategy, ExitCode exitCode, String cause) {
		assertThatExceptionOfType(LaunchException.class)
			.isThrownBy(() -> choose(version, provider, strategy, Format.SNAPSHOT))
			.withMessageContaining(cause)
			.satisfies((ex) -> assertThat(ex.exitCode()).isEqualTo(exitCode));
	}

	private static BackupFormat choose(String version, String provider, Strategy strategy, Format asked) {
		try (FakeMilvus server = FakeMilvus.start(version, new MemoryObjectStore(), ObjectPrefix.of("files"));
				Milvus milvus = new DefaultMilvusConnector().connect(server.properties())) {
			Settings settings = new Settings(server.properties(), storage("minio"), storage(provider),
					TransferMode.AUTO, 4, new Settings.BackupSettings(2, true, Duration.ofSeconds(20)),
					new Settings.RestoreSettings(2, 2, Duration.ofSeconds(20), false),
					RepositoryProperties.h2(Path.of("unused")));
			return new FormatChoice(settings).of(
					new CreateRequest(new BackupName("b"), CollectionFilter.ALL, strategy, false, false, asked),
					milvus.snapshots());
		}
	}

	private static StorageProperties storage(String provider) {
		return new StorageProperties(provider, "host", 9000, null, false, "bucket", "backup", null, "key", "secret",
				null, 8, 1L << 29);
	}

}
