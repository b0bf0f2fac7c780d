package dev.milvusbackup.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.jobs.JobFiles;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configurations in jobs/ can be used, and every variable that they set is read.
 */
class JobsConfigurationTest {

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "backup.yaml", "drill.yaml" })
	void parameterFiles(String name) {
		Map<String, String> environment = new HashMap<>();
		JobFiles.text("parameters/milvus-backup.env")
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.forEach((line) -> environment.put(line.split("=", 2)[0], line.split("=", 2)[1]));
		check(JobFiles.path("parameters/" + name).toString(), environment);
	}

	@ParameterizedTest
	@ValueSource(strings = { "backup.yaml", "drill.yaml" })
	void kubernetes(String name) throws IOException {
		Map<String, String> environment = new HashMap<>();
		Path file = this.directory.resolve(name);
		for (Object document : new Yaml().loadAll(JobFiles.text("kubernetes/configuration.yaml"))) {
			Map<?, ?> parts = (Map<?, ?>) document;
			if (parts.get("data") instanceof Map<?, ?> data) {
				Files.writeString(file, String.valueOf(data.get(name)));
			}
			if (parts.get("stringData") instanceof Map<?, ?> data) {
				data.forEach((variable, value) -> environment.put(String.valueOf(variable), String.valueOf(value)));
			}
		}
		Configuration configuration = check(file.toString(), environment);
		assertThat(configuration.log().json()).isTrue();
		assertThat(configuration.log().file()).isNull();
		assertThat(configuration.settings().repository().url()).startsWith("jdbc:postgresql:");
		assertThat(configuration.settings().backupStorage().bucket()).isEqualTo("milvus-backups");
	}

	private Configuration check(String file, Map<String, String> environment) {
		Configuration configuration = new SettingsLoader(environment, this.directory).load(file, List.of());
		assertThat(configuration.warnings()).isEmpty();
		assertThat(configuration.values()).filteredOn((value) -> value.source() == ConfigValue.Source.ENVIRONMENT)
			.extracting(ConfigValue::sourceKey)
			.containsExactlyInAnyOrderElementsOf(environment.keySet());
		return configuration;
	}

}
