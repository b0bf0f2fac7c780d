package dev.milvusbackup.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerSettingsTest {

	@TempDir
	Path directory;

	@Test
	void byDefaultItListensEverywhereAndWarns() {
		ServerSettings settings = load(Map.of());
		assertThat(settings.address()).isNull();
		assertThat(settings.port()).isEqualTo(8080);
		assertThat(settings.maxRuns()).isEqualTo(8);
		assertThat(settings.isTls()).isFalse();
		assertThat(settings.access().isRestricted()).isFalse();
		assertThat(settings.warnings()).singleElement().asString().contains("batch.server.auth.token");
	}

	@Test
	void allKeysAreRead() {
		ServerSettings settings = load(Map.of(), "batch.server.address=localhost", "batch.server.port=0",
				"batch.server.auth.token=t", "batch.server.auth.user=u", "batch.server.auth.password=p",
				"batch.server.tls.certPath=c.pem", "batch.server.tls.keyPath=k.pem", "batch.server.maxRuns=2",
				"server.swaggerBasePath=/x", "server.debugMode=true");
		assertThat(settings).isEqualTo(new ServerSettings("localhost", 0, new ServerSettings.Access("t", "u", "p"),
				"c.pem", "k.pem", 2, "/x", true));
		assertThat(settings.isLoopback()).isTrue();
		assertThat(settings.warnings()).isEmpty();
	}

	@Test
	void thePortComesFromTheEnvironmentOfTheGoTool() {
		assertThat(load(Map.of("SERVER_PORT", "9000")).port()).isEqualTo(9000);
	}

	@Test
	void credentialsInClearAreWarnedOf() {
		assertThat(load(Map.of(), "batch.server.auth.token=t").warnings()).singleElement()
			.asString()
			.contains("in clear");
	}

	@Test
	void allContradictionsAreToldAtOnce() {
		assertThatExceptionOfType(ConfigException.class)
			.isThrownBy(() -> load(Map.of(), "batch.server.auth.user=u", "batch.server.tls.keyPath=k"))
			.withMessageContaining("user and password belong together")
			.withMessageContaining("certPath and keyPath belong together");
	}

	@Test
	void noSecretIsShown() {
		ServerSettings settings = load(Map.of(), "batch.server.auth.token=geheim1", "batch.server.auth.user=u",
				"batch.server.auth.password=geheim2");
		assertThat(settings.toString()).doesNotContain("geheim");
	}

	private ServerSettings load(Map<String, String> environment, String... set) {
		return new SettingsLoader(environment, this.directory).load(null, List.of(set)).server();
	}

}
