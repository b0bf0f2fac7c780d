package dev.milvusbackup.ledger;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RepositoryPropertiesTest {

	@Test
	void defaultIsBelowTheUsersDataDirectory() {
		assertThat(RepositoryProperties.defaultDirectory(Map.of("XDG_DATA_HOME", "/data"), "/home/u"))
			.isEqualTo(Path.of("/data/milvus-backup"));
		assertThat(RepositoryProperties.defaultDirectory(Map.of(), "/home/u"))
			.isEqualTo(Path.of("/home/u/.local/share/milvus-backup"));
		assertThat(RepositoryProperties.defaultDirectory(Map.of("XDG_DATA_HOME", "not/absolute"), "/home/u"))
			.isEqualTo(Path.of("/home/u/.local/share/milvus-backup"));
	}

	@Test
	void userWithoutAHomeHasToNameADirectory() {
		for (String home : new String[] { "", "?" }) {
			assertThatExceptionOfType(LedgerException.class)
				.isThrownBy(() -> RepositoryProperties.defaultDirectory(Map.of(), home))
				.satisfies(ex -> assertThat(ex.hint()).contains("XDG_DATA_HOME"));
		}
	}

	@Test
	void passwordIsNeverShown() {
		assertThat(
				RepositoryProperties.postgresql("jdbc:postgresql://u:s3cret@h:5432/db?password=s3cret", "u", "s3cret"))
			.hasToString("jdbc:postgresql://h:5432/db");
		assertThat(RepositoryProperties.h2(Path.of("/data"))).hasToString("/data");
	}

	@Test
	void nonsenseIsRefused() {
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> RepositoryProperties.postgresql("jdbc:mysql://h/db", null, null));
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> new RepositoryProperties(null, null, null, null, 10, true));
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> RepositoryProperties.h2(Path.of("/data")).withPoolSize(2));
	}

}
