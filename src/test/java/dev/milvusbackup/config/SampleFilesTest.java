package dev.milvusbackup.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.storage.StorageProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of the shapes that the Go tool ships.
 */
class SampleFilesTest {

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "v2-azure", "v2-gcpnative", "v2-iam", "v2-local-milvus", "v2-local-backup", "v2-aws",
			"v2-all", "v1-azure", "v1-gcpnative", "v1-aliyun-iam" })
	void eachIsAValidConfigurationWithoutAnUnknownKey(String name) {
		ConfigurationView view = view(name);
		assertThat(view.problems()).isEmpty();
		assertThat(view.warnings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "v2-local-milvus", "v2-local-backup", "v2-aws", "v2-iam", "v2-all" })
	void thoseOfProvidersThatAreBuiltCanBeUsed(String name) {
		assertThat(loader().load(file(name), List.of()).settings()).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "v2-azure", "v2-gcpnative" })
	void theOthersSayWhatIsNotSupportedYet(String name) {
		assertThat(view(name).unsupported()).hasSize(2).allMatch((line) -> line.contains("not supported yet"));
	}

	@Test
	void aRoleInsteadOfKeysIsForThoseWhoTellItAsAmazonDoes() {
		StorageProperties storage = loader().load(file("v2-iam"), List.of("milvus.storage.auth.endpoint=http://role"))
			.settings()
			.milvusStorage();
		assertThat(storage.iam()).isEqualTo(new StorageProperties.Iam("http://role"));
		assertThat(view("v2-aws").unsupported()).isEmpty();
		assertThat(view("v2-iam", "milvus.storage.provider=gcp").unsupported()).hasSize(2)
			.allMatch((line) -> line.contains("auth.type: 'iam' is not supported yet for provider gcp, only static"));
		assertThat(view("v2-gcpnative").unsupported()).allMatch((line) -> line.endsWith("with HMAC keys"));
	}

	@Test
	void aKeyOfTheCloudServiceIsToldToHaveNoEffect() {
		assertThat(view("v2-all", "zillizCloud.apiKey=secret").warnings())
			.containsExactly("zillizCloud.apiKey has no effect: this program does not migrate to Zilliz Cloud");
	}

	@Test
	void version1OfAzureKeepsNameAndKeyOfTheAccountInTheKeysOfMinio() {
		ConfigurationView view = view("v1-azure");
		assertThat(value(view, "milvus.storage.accountName").value()).isEqualTo("account");
		assertThat(value(view, "milvus.storage.accountName").sourceKey()).isEqualTo("minio.accessKeyID");
		assertThat(value(view, "milvus.storage.auth.type").value()).isEqualTo("sharedKey");
		assertThat(value(view, "milvus.storage.auth.accountKey").value()).isEqualTo("account-key");
		assertThat(value(view, "backup.storage.accountName").value()).isEqualTo("other-account");
		assertThat(value(view, "backup.storage.auth.accountKey").value()).isEqualTo("other-key");
	}

	@Test
	void version1OfAzureWithIamLetsTheProviderDecide() {
		ConfigurationView view = view("v1-azure", "minio.useIAM=true");
		assertThat(value(view, "milvus.storage.auth.type").value()).isEqualTo("default");
		assertThat(value(view, "backup.storage.auth.type").value()).isEqualTo("default");
	}

	@Test
	void eachStorageOfVersion1LogsInAsItsProviderDoes() {
		ConfigurationView view = view("v1-azure", "minio.backupStorageType=minio");
		assertThat(view.problems()).isEmpty();
		assertThat(value(view, "milvus.storage.auth.type").value()).isEqualTo("sharedKey");
		assertThat(value(view, "backup.storage.auth.type").value()).isEqualTo("static");
		assertThat(value(view, "backup.storage.auth.accessKeyID").value()).isEqualTo("other-account");
	}

	@Test
	void aWayToLogInThatIsGivenUnderItsNameOfVersion2Stays() {
		ConfigurationView view = view("v1-azure", "milvus.storage.auth.type=default");
		assertThat(value(view, "milvus.storage.auth.type").value()).isEqualTo("default");
		assertThat(value(view, "backup.storage.auth.type").value()).isEqualTo("default");
	}

	@Test
	void theOtherNamesOfProvidersAreUnderstood() {
		assertThat(view("v1-aliyun-iam").unsupported()).anyMatch((line) -> line.contains("iam"));
		assertThat(StorageKeys.canonicalProvider("TC")).isEqualTo("tencent");
		assertThat(List.of("ali", "Alibaba", "alicloud", "aliyun")).map(StorageKeys::canonicalProvider)
			.containsOnly("aliyun");
	}

	@Test
	void credentialsOfAnotherWayToLogInAreAProblem() {
		ConfigurationView view = view("v2-azure", "milvus.storage.auth.accessKeyID=key",
				"backup.storage.auth.type=default", "milvus.storage.accountName=");
		assertThat(view.problems()).containsExactlyInAnyOrder("milvus.storage.accountName: needed for provider azure",
				"milvus.storage.auth.accessKeyID: not used by auth.type sharedKey",
				"backup.storage.auth.accountKey: not used by auth.type default");
		assertThat(view("v2-aws", "milvus.storage.accountName=x").problems())
			.containsExactly("milvus.storage.accountName: only for provider azure");
	}

	@Test
	void aValueOfTheWrongTypeIsShownAsItWasGiven() {
		ConfigurationView view = view("v2-aws", "milvus.grpc.port=many");
		assertThat(value(view, "milvus.grpc.port").value()).isEqualTo("many");
		assertThat(view.problems()).singleElement().asString().startsWith("milvus.grpc.port");
	}

	@Test
	void variablesOfVersion1ThatAVersion2FileSwitchesOffAreNamed() {
		Map<String, String> environment = Map.of("HOME", "/h", "MINIO_ACCESS_KEY", "k", "MINIO_ADDRESS", "a",
				"MILVUS_PORT", "tcp://10.0.0.1:19530");
		assertThat(new SettingsLoader(environment, this.directory).view(file("v2-aws"), List.of()).warnings())
			.hasSize(2)
			.anyMatch((line) -> line.contains("MINIO_ACCESS_KEY") && line.contains("MILVUS_STORAGE_AUTH_ACCESS_KEY_ID"))
			.anyMatch((line) -> line.contains("MINIO_ADDRESS") && line.contains("milvus.storage.address"));
	}

	private ConfigurationView view(String name, String... set) {
		return loader().view(file(name), List.of(set));
	}

	private SettingsLoader loader() {
		return new SettingsLoader(Map.of("HOME", "/home/op"), this.directory);
	}

	private static String file(String name) {
		return Path.of("src/test/resources/config/samples", name + ".yaml").toAbsolutePath().toString();
	}

	private static ConfigValue value(ConfigurationView view, String name) {
		return view.values().stream().filter((value) -> value.key().name().equals(name)).findFirst().orElseThrow();
	}

	@Test
	void namesOfTheFirstReleasesAreUnderstood() throws IOException {
		Path old = Files.writeString(this.directory.resolve("old.yaml"), """
				milvus: {tlsCertPath: /ca.pem}
				backup:
				  parallelism: 3
				  copydata: {parallelism: 17}
				restore: {parallelism: 5}
				""");
		Configuration configuration = loader().load(old.toString(), List.of());
		assertThat(configuration.warnings()).isEmpty();
		assertThat(configuration.settings().milvus().caCertPath()).isEqualTo("/ca.pem");
		assertThat(configuration.settings().backup().collectionConcurrency()).isEqualTo(3);
		assertThat(configuration.settings().transferConcurrency()).isEqualTo(17);
		assertThat(configuration.settings().restore().collectionConcurrency()).isEqualTo(5);
	}

}
