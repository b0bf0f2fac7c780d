package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigCommandTest {

	private final Path directory;

	private final CommandLineHarness cli;

	ConfigCommandTest(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.cli = new CommandLineHarness(directory);
	}

	@BeforeEach
	void anOldFile() throws IOException {
		Files.writeString(this.directory.resolve("old.yaml"), """
				milvus: {password: my-secret, address: milvus.example}
				minio: {accessKeyID: key, backupRootPath: backups}
				""");
	}

	@Test
	void showPrintsEveryKeyWithItsSourceAndNoSecret() {
		assertThat(this.cli.run("config", "show", "--config", "old.yaml", "--set", "milvus.grpc.port=1")).isZero();
		assertThat(this.cli.out()).containsPattern("PARAMETER +VALUE +SOURCE +SOURCE_KEY")
			.containsPattern("milvus.password +\\*+ +file +milvus.password")
			.containsPattern("milvus.grpc.address +milvus.example +file +milvus.address")
			.containsPattern("milvus.grpc.port +1 +--set +milvus.grpc.port")
			.containsPattern("backup.storage.auth.accessKeyID +key +inherited +milvus.storage.auth.accessKeyID")
			.doesNotContain("my-secret");
	}

	@Test
	void showAsJsonIsOneObject() {
		assertThat(this.cli.run("config", "show", "--config", "old.yaml", "--output", "json")).isZero();
		assertThat(this.cli.json().path("action").asString()).isEqualTo("config");
		assertThat(this.cli.json().path("configuration").toString())
			.contains("{\"parameter\":\"milvus.password\",\"value\":\"******\",\"source\":\"file\","
					+ "\"source_key\":\"milvus.password\"}");
	}

	@Test
	void showExplainsAConfigurationThatCannotBeUsed() {
		assertThat(this.cli.run("config", "show", "--set", "milvus.grpc.port=many", "--set",
				"milvus.storage.provider=hwc,milvus.storage.auth.type=iam"))
			.isEqualTo(2);
		assertThat(this.cli.out()).containsPattern("milvus.grpc.port +many +--set");
		assertThat(this.cli.err()).contains("  - milvus.grpc.port: 'many' is not a port",
				"auth.type: 'iam' is not supported yet for provider hwc, only static");
		assertThat(this.cli.run("config", "show", "--output", "json", "--set", "milvus.grpc.port=many")).isEqualTo(2);
		assertThat(this.cli.json().path("problems").path(0).asString()).startsWith("milvus.grpc.port");
		assertThat(this.cli.json().path("error").path("message").asString()).startsWith("milvus.grpc.port");
	}

	@ParameterizedTest
	@ValueSource(strings = { "config", "backup_yaml" })
	void theOldNamesBelowCheckStillShowIt(String name) {
		assertThat(this.cli.run("check", name)).isZero();
		assertThat(this.cli.out()).containsPattern("PARAMETER +VALUE +SOURCE +SOURCE_KEY")
			.doesNotContain("Milvus version");
		assertThat(this.cli.err()).contains("use 'config show'");
	}

	@Test
	void migrateWritesTheNewFileToStdoutAndTheReportToStderr() {
		assertThat(this.cli.run("config", "migrate", "--config", "old.yaml")).isZero();
		assertThat(this.cli.out()).startsWith("configVersion: v2\n").contains("password: \"my-secret\"");
		assertThat(this.cli.err()).contains("Migrated '", "old.yaml'").doesNotContain("my-secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-o", "--output" })
	void migrateWritesAFileThatOnlyItsOwnerMayRead(String option) throws IOException {
		assertThat(this.cli.run("config", "migrate", "--config", "old.yaml", option, "new.yaml")).isZero();
		assertThat(this.cli.out()).isEmpty();
		Path file = this.directory.resolve("new.yaml");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(this.cli.run("config", "show", "--config", "new.yaml")).isZero();
		assertThat(this.cli.out()).containsPattern("backup.storage.rootPath +backups +file");
	}

	@Test
	void migrateReplacesAFileOnlyWithForce() throws IOException {
		Path file = Files.writeString(this.directory.resolve("new.yaml"), "precious");
		assertThat(this.cli.run("config", "migrate", "--config", "old.yaml", "-o", "new.yaml")).isEqualTo(2);
		assertThat(file).hasContent("precious");
		assertThat(this.cli.err()).contains("it exists already", "--force");
		assertThat(this.cli.run("config", "migrate", "--config", "old.yaml", "-o", "new.yaml", "--force")).isZero();
		assertThat(file).content().startsWith("configVersion: v2");
		try (var left = Files.list(this.directory)) {
			assertThat(left).noneMatch((path) -> path.toString().endsWith(".tmp"));
		}
	}

	@Test
	void migrateTellsOfADirectoryThatIsNotThere() {
		assertThat(this.cli.run("config", "migrate", "--config", "old.yaml", "-o", "none/new.yaml")).isEqualTo(2);
		assertThat(this.cli.err()).contains("unable to write '", "none/new.yaml");
	}

	@Test
	void migrateRefusesAVersion2File() {
		assertThat(this.cli.run("config", "migrate")).isEqualTo(2);
		assertThat(this.cli.err()).contains("v2 file already");
	}

	@Test
	void strictFailsAndWritesNothingWhenTheResultHasAProblem() throws IOException {
		Files.writeString(this.directory.resolve("old.yaml"), "minio: {storageType: azure}\n");
		assertThat(this.cli.run("config", "migrate", "--config", "old.yaml", "-o", "new.yaml", "--strict"))
			.isEqualTo(2);
		assertThat(this.cli.err()).contains("milvus.storage.accountName");
		assertThat(this.directory.resolve("new.yaml")).doesNotExist();
		assertThat(this.cli.run("config", "migrate", "--config", "old.yaml", "-o", "new.yaml")).isZero();
		assertThat(this.cli.err()).contains("PROBLEM: milvus.storage.accountName");
	}

	@Test
	void configAloneIsNoVerb() {
		assertThat(this.cli.run("config")).isEqualTo(2);
		assertThat(this.cli.err()).contains("Usage: milvus-backup config");
	}

}
