package dev.milvusbackup.config;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OverridesTest {

	@Test
	void commasSeparateOnlyBeforeAKnownKey() {
		assertThat(Overrides.parse(List.of("milvus.user=a,milvus.password=p,q=r,MINIO_PORT=1")))
			.isEqualTo(Map.of("milvus.user", "a", "milvus.password", "p,q=r", "MINIO_PORT", "1"));
	}

	@Test
	void aValueMayBeEmptyAndMayHoldEqualsSigns() {
		assertThat(Overrides.parse(List.of("milvus.user=", "milvus.password=a=b")))
			.isEqualTo(Map.of("milvus.user", "", "milvus.password", "a=b"));
	}

	@Test
	void theLastOneWins() {
		assertThat(Overrides.parse(List.of("milvus.user=a", "milvus.user=b"))).isEqualTo(Map.of("milvus.user", "b"));
	}

	@Test
	void whatIsNoSettingIsRefused() {
		assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> Overrides.parse(List.of("milvus.user", "=x")))
			.satisfies((ex) -> assertThat(ex.problems()).hasSize(2)
				.anyMatch((line) -> line.contains("'milvus.user'"))
				.noneMatch((line) -> line.contains("x'")));
	}

}
