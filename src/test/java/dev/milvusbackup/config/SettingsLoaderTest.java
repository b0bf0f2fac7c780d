package dev.milvusbackup.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.config.ConfigValue.Source;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.TransferMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SettingsLoaderTest {

	private static final Map<String, String> HOME = Map.of("HOME", "/home/op");

	private final Path directory;

	SettingsLoaderTest(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void everythingHasADefault() {
		Configuration configuration = load(HOME, null);
		Settings settings = configuration.settings();
		assertThat(configuration.source()).isEqualTo("no file");
		assertThat(configuration.warnings()).isEmpty();
		assertThat(settings.milvus().target()).isEqualTo("localhost:19530");
		assertThat(settings.milvus().tlsMode()).isZero();
		assertThat(settings.milvus().caCertPath()).isNull();
		assertThat(settings.milvus().managementEndpoint()).isEqualTo("http://localhost:9091");
		assertThat(settings.milvusStorage()).isEqualTo(storage("a-bucket", "files"));
		assertThat(settings.backupStorage()).isEqualTo(storage("a-bucket", "backup"));
		assertThat(settings.transferMode()).isEqualTo(TransferMode.AUTO);
		assertThat(settings.transferConcurrency()).isEqualTo(128);
		assertThat(settings.backup()).isEqualTo(new Settings.BackupSettings(4, true, Duration.ofMinutes(10)));
		assertThat(settings.restore()).isEqualTo(new Settings.RestoreSettings(2, 768, Duration.ofMinutes(60), false));
		assertThat(settings.repository().directory()).isEqualTo(Path.of("/home/op/.local/share/milvus-backup"));
		assertThat(settings.repository().url()).isNull();
		assertThat(configuration.log())
			.isEqualTo(new LogSettings("info", true, this.directory.resolve("logs/backup.log"), 300, 0, 0, false));
	}

	@Test
	void readsEveryKeyOfVersion1() {
		Configuration configuration = load(HOME, sample("v1.yaml"));
		Settings settings = configuration.settings();
		assertThat(configuration.warnings()).isEmpty();
		assertThat(settings.milvus().target()).isEqualTo("milvus.example:29530");
		assertThat(settings.milvus().user()).isEqualTo("root");
		assertThat(settings.milvus().password()).isEqualTo("Milvus-secret");
		assertThat(settings.milvus().tlsMode()).isEqualTo(1);
		assertThat(settings.milvus().serverName()).isEqualTo("milvus.internal");
		assertThat(settings.milvus().managementEndpoint()).isEqualTo("http://milvus.example:9091");
		assertThat(settings.milvusStorage()).isEqualTo(new StorageProperties("s3", "minio.example", 443, null, true,
				"milvus-bucket", "milvus-root", null, "primary-key", "primary-secret", "primary-token", 16, 64 << 20));
		assertThat(settings.backupStorage())
			.isEqualTo(new StorageProperties("minio", "backup.example", 9001, null, false, "backup-bucket",
					"backup-root", null, "backup-key", "backup-secret", "primary-token", 16, 64 << 20));
		assertThat(settings.transferMode()).isEqualTo(TransferMode.STREAMING);
		assertThat(settings.backup()).isEqualTo(new Settings.BackupSettings(5, false, Duration.ofMinutes(10)));
		assertThat(settings.restore()).isEqualTo(new Settings.RestoreSettings(6, 7, Duration.ofMinutes(60), true));
		assertThat(configuration.log())
			.isEqualTo(new LogSettings("debug", false, this.directory.resolve("backup-v1.log"), 10, 3, 4, false));
	}

	@Test
	void readsEveryKeyOfVersion2() {
		Configuration configuration = load(HOME, sample("v2.yaml"));
		Settings settings = configuration.settings();
		assertThat(configuration.warnings()).singleElement().asString().startsWith("zillizCloud.apiKey has no effect");
		assertThat(settings.milvus().tlsMode()).isEqualTo(2);
		assertThat(settings.milvus().clientKeyPath()).isEqualTo("/tls/client.key");
		assertThat(settings.milvusStorage()).isEqualTo(new StorageProperties("s3", "s3.example", 443, "eu-central-1",
				true, "milvus-bucket", "milvus-root", null, "primary-key", "primary-secret", null, 16, 64 << 20));
		assertThat(settings.backupStorage()).isEqualTo(new StorageProperties("s3", "s3.example", 443, "eu-central-1",
				true, "backup-bucket", "backup", null, "primary-key", "primary-secret", null, 16, 64 << 20));
		assertThat(settings.transferMode()).isEqualTo(TransferMode.DIRECT);
		assertThat(settings.backup()).isEqualTo(new Settings.BackupSettings(5, false, Duration.ofSeconds(90)));
		assertThat(settings.restore()).isEqualTo(new Settings.RestoreSettings(6, 7, Duration.ofMillis(1500), true, 8));
		assertThat(settings.repository().url()).startsWith("jdbc:postgresql:");
		assertThat(settings.repository().poolSize()).isEqualTo(3);
		assertThat(configuration.log().file()).isNull();
		assertThat(value(configuration, "milvus.etcd.endpoints").value()).isEqualTo("etcd1:2379,etcd2:2379");
	}

	@Test
	void setIsStrongerThanEnvironmentWhichIsStrongerThanTheFile() {
		write("backup.yaml", "minio:\n  address: file\n  port: 1\n  bucketName: file\n");
		Map<String, String> environment = Map.of("HOME", "/h", "MINIO_ADDRESS", "env", "MINIO_PORT", "2");
		Configuration configuration = load(environment, null, "milvus.storage.address=set");
		assertThat(settingsOf(configuration).address()).isEqualTo("set");
		assertThat(settingsOf(configuration).port()).isEqualTo(2);
		assertThat(settingsOf(configuration).bucket()).isEqualTo("file");
		assertThat(value(configuration, "milvus.storage.port").source()).isEqualTo(Source.ENVIRONMENT);
		assertThat(value(configuration, "milvus.storage.port").sourceKey()).isEqualTo("MINIO_PORT");
		assertThat(value(configuration, "backup.storage.port").source()).isEqualTo(Source.INHERITED);
	}

	@Test
	void setTakesOldNamesAndVariablesInAnyCase() {
		Configuration configuration = load(HOME, null, "MINIO.bucketname=one", "minio_root_path=two");
		assertThat(settingsOf(configuration).bucket()).isEqualTo("one");
		assertThat(settingsOf(configuration).rootPath()).isEqualTo("two");
	}

	@Test
	void aVersion2FileSwitchesTheOldVariablesOff() {
		write("backup.yaml", "configVersion: v2\n");
		Map<String, String> environment = Map.of("HOME", "/h", "MILVUS_PORT", "tcp://10.0.0.1:19530", "MILVUS_USER",
				"op", "MILVUS_STORAGE_AUTH_ACCESS_KEY_ID", "key");
		Settings settings = load(environment, null).settings();
		assertThat(settings.milvus().port()).isEqualTo(19530);
		assertThat(settings.milvus().user()).isEqualTo("op");
		assertThat(settings.milvusStorage().accessKey()).isEqualTo("key");
	}

	@Test
	void anEmptyRootPathIsTheWholeBucketAndAnEmptyBackupKeyIsInherited() {
		write("backup.yaml", "minio:\n  rootPath: \"\"\n  accessKeyID: key\n  backupAccessKeyID: \"\"\n");
		Settings settings = load(HOME, null).settings();
		assertThat(settings.milvusStorage().keyRoot().value()).isEmpty();
		assertThat(settings.backupStorage().accessKey()).isEqualTo("key");
	}

	@Test
	void oldMutualTlsWithoutAKeyPairChecksTheServerOnlyAndSaysSo() {
		write("backup.yaml", "milvus:\n  tlsMode: 2\n");
		Configuration configuration = load(HOME, null);
		assertThat(configuration.settings().milvus().tlsMode()).isEqualTo(1);
		assertThat(configuration.warnings()).singleElement().asString().contains("milvus.tlsMode", "key pair");
	}

	@Test
	void theFileIsLookedUpInThreePlaces() {
		write("configs/mine.yaml", "milvus: {address: configs}\n");
		assertThat(load(HOME, "elsewhere/mine.yaml").settings().milvus().address()).isEqualTo("configs");
		write("conf/mine.yaml", "milvus: {address: milvusconf}\n");
		Map<String, String> environment = Map.of("HOME", "/h", "MILVUSCONF", this.directory.resolve("conf").toString());
		assertThat(load(environment, "elsewhere/mine.yaml").settings().milvus().address()).isEqualTo("milvusconf");
		write("elsewhere/mine.yaml", "milvus: {address: named}\n");
		assertThat(load(environment, "elsewhere/mine.yaml").settings().milvus().address()).isEqualTo("named");
	}

	@Test
	void aNamedFileMustExist() {
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, "none.yaml"))
			.withMessageContaining("'none.yaml': it does not exist");
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, "/"))
			.withMessageContaining("does not exist");
	}

	@Test
	void aFileThatCannotBeReadIsAnErrorEvenUnderTheDefaultName() throws IOException {
		Files.createDirectory(this.directory.resolve("backup.yaml"));
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, null))
			.withMessageContaining("cannot be read");
	}

	@Test
	void brokenYamlIsPlacedButNotQuoted() {
		write("backup.yaml", "milvus:\n  password: \"my-secret\n");
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, null))
			.withMessageContaining("not valid YAML at line")
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain("my-secret"));
	}

	@Test
	void contentThatIsNoConfigurationIsRefused() throws IOException {
		write("backup.yaml", "- a\n- b\n");
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, null))
			.withMessageContaining("not a mapping");
		write("backup.yaml", "configVersion: v3\n");
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, null))
			.withMessageContaining("'v3' is not one of v1, v2");
		Files.write(this.directory.resolve("backup.yaml"), "a: ä".getBytes(StandardCharsets.ISO_8859_1));
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> load(HOME, null))
			.withMessageContaining("UTF-8");
	}

	@Test
	void aKeyWithoutAValueIsNotSet() {
		write("backup.yaml", "minio:\n  bucketName:\nmilvus:\n");
		assertThat(settingsOf(load(HOME, null)).bucket()).isEqualTo("a-bucket");
	}

	@Test
	void secretsAreNeverShown() {
		Configuration configuration = load(HOME, sample("v2.yaml"));
		String everything = configuration.values().stream().map(ConfigValue::shown).toList().toString() + configuration;
		assertThat(everything).doesNotContain("Milvus-secret", "primary-secret", "batch-secret", "cloud-secret",
				"url-secret");
		assertThat(value(configuration, "milvus.password").shown()).isEqualTo("******");
		assertThat(value(configuration, "milvus.storage.auth.sessionToken").shown()).isEmpty();
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

	private static String sample(String name) {
		return Path.of("src/test/resources/config", name).toAbsolutePath().toString();
	}

	private static StorageProperties settingsOf(Configuration configuration) {
		return configuration.settings().milvusStorage();
	}

	private static ConfigValue value(Configuration configuration, String name) {
		return configuration.values()
			.stream()
			.filter((value) -> value.key().name().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static StorageProperties storage(String bucket, String rootPath) {
		return new StorageProperties("minio", "localhost", 9000, null, false, bucket, rootPath, null, "minioadmin",
				"minioadmin", null, 128, 500 << 20);
	}

}
