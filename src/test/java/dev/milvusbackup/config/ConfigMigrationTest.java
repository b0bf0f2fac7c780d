package dev.milvusbackup.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConfigMigrationTest {

	private static final Map<String, String> HOME = Map.of("HOME", "/home/op");

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(
			strings = { "v1.yaml", "samples/v1-azure.yaml", "samples/v1-gcpnative.yaml", "samples/v1-aliyun-iam.yaml" })
	void theResultMeansTheSameAsTheOldFile(String name) throws IOException {
		String old = Path.of("src/test/resources/config", name).toAbsolutePath().toString();
		MigratedFile migrated = loader(HOME).migrate(old);
		assertThat(migrated.problems()).isEmpty();
		assertThat(meaning(loader(HOME).view(write(migrated.yaml()), List.of())))
			.isEqualTo(meaning(loader(HOME).view(old, List.of())));
	}

	@Test
	void mixedProvidersKeepTheirCredentials() throws IOException {
		Files.writeString(this.directory.resolve("backup.yaml"), """
				minio:
				  storageType: azure
				  accessKeyID: shared
				  secretAccessKey: "quote\\"s, back\\\\slashes and: colons #x"
				  backupStorageType: minio
				""");
		MigratedFile migrated = loader(HOME).migrate(null);
		ConfigurationView view = loader(HOME).view(write(migrated.yaml()), List.of());
		assertThat(view.problems()).isEmpty();
		assertThat(value(view, "milvus.storage.auth.accountKey")).isEqualTo("quote\"s, back\\slashes and: colons #x")
			.isEqualTo(value(view, "backup.storage.auth.secretAccessKey"));
		assertThat(value(view, "backup.storage.auth.type")).isEqualTo("static");
	}

	@Test
	void whatTheEnvironmentSetIsWrittenButForSecrets() throws IOException {
		Files.writeString(this.directory.resolve("backup.yaml"), "minio:\n  address: file\n");
		Map<String, String> environment = new HashMap<>(HOME);
		environment
			.putAll(Map.of("MINIO_ADDRESS", "env", "MINIO_SECRET_KEY", "my-secret", "MILVUS_PASSWORD", "my-password"));
		MigratedFile migrated = loader(environment).migrate(null);
		assertThat(migrated.yaml()).contains("address: \"env\"")
			.contains("# secretAccessKey: set by the environment variable MILVUS_STORAGE_AUTH_SECRET_ACCESS_KEY")
			.contains("# password: set by the environment variable MILVUS_PASSWORD")
			.doesNotContain("my-secret", "my-password");
		assertThat(migrated.notes()).anyMatch((note) -> note.contains("MINIO_ADDRESS is not read any more"))
			.anyMatch((note) -> note.contains("MILVUS_STORAGE_AUTH_SECRET_ACCESS_KEY instead of MINIO_SECRET_KEY"))
			.noneMatch((note) -> note.contains("MILVUS_PASSWORD"));
		assertThat(migrated.toString()).doesNotContain("my-");
	}

	@Test
	void theNotesSayWhatAPersonHasToLookAt() throws IOException {
		Files.writeString(this.directory.resolve("backup.yaml"), """
				http: {enabled: false}
				milvus: {tlsMode: 2, adress: x}
				minio: {backupAddress: elsewhere}
				""");
		MigratedFile migrated = loader(HOME).migrate(null);
		assertThat(migrated.notes()).anyMatch((note) -> note.contains("http.enabled"))
			.anyMatch((note) -> note.contains("'milvus.adress'") && note.contains("'milvus.address'"))
			.anyMatch((note) -> note.contains("milvus.tlsMode"))
			.anyMatch((note) -> note.contains("backup.storage.rootPath: 'backup'"))
			.anyMatch((note) -> note.contains("transfer.mode"));
		assertThat(migrated.yaml()).contains("tlsMode: server");
	}

	@Test
	void whatTheResultLacksIsAProblem() throws IOException {
		Files.writeString(this.directory.resolve("backup.yaml"), "minio: {storageType: azure}\n");
		assertThat(loader(HOME).migrate(null).problems())
			.contains("milvus.storage.accountName: needed for provider azure");
	}

	@Test
	void everyKeyOfOursSurvivesToo() throws IOException {
		String all = ConfigKeys.all()
			.stream()
			.filter((key) -> key.name().startsWith("batch.") && key.type() == ValueType.TEXT)
			.filter((key) -> !"batch.repository.url".equals(key.name()))
			.map((key) -> key.name() + ": \"of " + key.name() + "\"\n")
			.collect(Collectors.joining());
		Files.writeString(this.directory.resolve("backup.yaml"), all);
		String migrated = loader(HOME).migrate(null).yaml();
		assertThat(meaning(loader(HOME).view(write(migrated), List.of())))
			.isEqualTo(meaning(loader(HOME).view(null, List.of())));
	}

	@Test
	void aVersion2FileIsRefusedAndSoIsNone() throws IOException {
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> loader(HOME).migrate(null))
			.withMessageContaining("does not exist");
		Files.writeString(this.directory.resolve("backup.yaml"), "configVersion: V2\n");
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> loader(HOME).migrate(null))
			.withMessageContaining("v2 file already");
	}

	/** What a verb would work with; credentials that are not used do not count. */
	private static Map<String, String> meaning(ConfigurationView view) {
		Map<String, ConfigValue> values = view.values()
			.stream()
			.collect(Collectors.toMap((value) -> value.key().name(), (value) -> value));
		Map<String, String> meaning = new HashMap<>();
		values.forEach((name, value) -> {
			String storage = name.replaceAll("(\\.storage\\.).*", "$1");
			boolean applies = storage.equals(name)
					|| new StorageRules(values, storage).applies(name.substring(storage.length()));
			if (applies) {
				String text = name.endsWith(".provider") ? StorageKeys.canonicalProvider(value.value()) : value.value();
				meaning.put(name, text);
			}
		});
		return meaning;
	}

	private static String value(ConfigurationView view, String name) {
		return view.values()
			.stream()
			.filter((value) -> value.key().name().equals(name))
			.findFirst()
			.orElseThrow()
			.value();
	}

	private String write(String yaml) throws IOException {
		return Files.writeString(this.directory.resolve("new.yaml"), yaml).toString();
	}

	private SettingsLoader loader(Map<String, String> environment) {
		return new SettingsLoader(environment, this.directory);
	}

}
