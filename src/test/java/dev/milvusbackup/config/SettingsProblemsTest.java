package dev.milvusbackup.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is wrong with a configuration, and what deserves attention.
 */
class SettingsProblemsTest {

	private static final Map<String, String> HOME = Map.of("HOME", "/home/op");

	private final Path directory;

	SettingsProblemsTest(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void unknownKeysAreNamedWithTheNearestKnownOne() {
		write("backup.yaml", "minio:\n  bucketNam: x\n  wholly: different\nbackup:\n  storage:\n    bucketName: y\n");
		assertThat(load(HOME, null, "milvus.grpc.adress=z").warnings()).hasSize(4)
			.anyMatch((line) -> line.contains("'minio.bucketNam'") && line.contains("'minio.bucketName'"))
			.anyMatch((line) -> line.contains("'minio.wholly'") && line.contains("no such key"))
			.anyMatch((line) -> line.contains("'backup.storage.bucketName'") && line.contains("configVersion: v2"))
			.anyMatch((line) -> line.contains("--set milvus.grpc.adress") && line.contains("'milvus.grpc.address'"));
	}

	@Test
	void anOldKeyInAVersion2FileIsNamedWithItsReplacement() {
		write("backup.yaml", "configVersion: v2\nminio:\n  bucketName: x\n");
		assertThat(load(HOME, null).warnings()).singleElement()
			.asString()
			.contains("'minio.bucketName'", "'milvus.storage.bucketName'");
	}

	@Test
	void allProblemsAreToldAtOnce() {
		write("backup.yaml", """
				configVersion: v2
				milvus:
				  grpc: {port: 70000, tlsMode: perhaps}
				  management: {endpoint: "localhost:9091"}
				  storage: {provider: azure}
				backup:
				  pauseGC: sometimes
				  concurrency: {collections: 0}
				  storage: {provider: minio, rootPath: a//b, localPath: /x, milvusPort: 1, auth: {type: default}}
				batch:
				  repository: {url: "jdbc:mysql://x"}
				  restore: {noProgressLimit: 5}
				""");
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, null))
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(14)
				.anyMatch((line) -> line.startsWith("milvus.grpc.port") && line.contains("'70000'"))
				.anyMatch((line) -> line.startsWith("milvus.grpc.tlsMode"))
				.anyMatch((line) -> line.startsWith("milvus.management.endpoint"))
				.anyMatch((line) -> line.startsWith("milvus.storage.provider") && line.contains("azure"))
				.anyMatch((line) -> line.startsWith("milvus.storage.accountName"))
				.anyMatch((line) -> line.startsWith("milvus.storage.auth.type") && line.contains("sharedkey"))
				.anyMatch((line) -> line.startsWith("backup.pauseGC"))
				.anyMatch((line) -> line.startsWith("backup.concurrency.collections"))
				.anyMatch((line) -> line.startsWith("backup.storage.rootPath"))
				.anyMatch((line) -> line.startsWith("backup.storage.localPath"))
				.anyMatch((line) -> line.startsWith("backup.storage.milvusPort"))
				.anyMatch((line) -> line.startsWith("backup.storage.auth.type"))
				.anyMatch((line) -> line.startsWith("batch.repository.url"))
				.anyMatch((line) -> line.startsWith("batch.restore.noProgressLimit")));
	}

	@Test
	void mutualTlsNeedsAKeyPair() {
		assertProblem("milvus.grpc.tlsMode: mutual needs", "milvus.grpc.tlsMode=mutual");
	}

	@Test
	void aLocalStorageHasNoMilvusAddress() {
		assertProblem("milvus.storage.milvusAddress: not for provider local", "milvus.storage.provider=local",
				"backup.storage.provider=minio", "milvus.storage.milvusAddress=x");
	}

	@Test
	void aLocalStorageNeedsADirectory() {
		assertProblem("milvus.storage.rootPath", "milvus.storage.provider=local", "backup.storage.provider=minio",
				"milvus.storage.rootPath=");
	}

	@Test
	void withoutAHomeTheRepositoryNeedsADirectory() {
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(Map.of("HOME", ""), null))
			.withMessageContaining("batch.repository.directory");
		assertThat(load(Map.of("XDG_DATA_HOME", "/data"), null).settings().repository().directory())
			.isEqualTo(Path.of("/data/milvus-backup"));
	}

	@Test
	void backupsInsideTheMilvusRootPathAreWarnedAbout() {
		assertThat(load(HOME, null, "backup.storage.rootPath=files/backup").warnings()).singleElement()
			.asString()
			.contains("inside the root path of Milvus");
	}

	/**
	 * Else a misspelt key looks as if it had been read.
	 */
	@Test
	void unknownKeysAreToldToThoseWhoseConfigurationCannotBeUsed() {
		write("backup.yaml", """
				configVersion: v2
				milvus: {grpc: {adress: milvus.example, port: 0}}
				""");
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, null)).satisfies((ex) -> {
			assertThat(ex.problems()).containsExactly("milvus.grpc.port: '0' is not a port from 1 to 65535");
			assertThat(ex.hint()).contains("'milvus.grpc.adress'", "did you mean 'milvus.grpc.address'?");
		});
	}

	private void assertProblem(String problem, String... set) {
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, null, set))
			.withMessageContaining(problem);
	}

	private Configuration load(Map<String, String> environment, @Nullable String file, String... set) {
		return new SettingsLoader(environment, this.directory).load(file, List.of(set));
	}

	private void write(String name, String content) {
		try {
			Path file = this.directory.resolve(name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, content);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
