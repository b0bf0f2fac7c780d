package dev.milvusbackup.config;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigKeysTest {

	@Test
	void noNameMeansTwoKeys() {
		List<String> names = ConfigKeys.all()
			.stream()
			.flatMap((key) -> key.allNames().map((name) -> name.toLowerCase(Locale.ROOT)).distinct())
			.toList();
		assertThat(names).doesNotHaveDuplicates();
	}

	@Test
	void everyDefaultIsOfItsType() {
		assertThat(ConfigKeys.all()).allMatch((key) -> key.type().accepts().test(key.defaultValue()));
	}

	@Test
	void everyKeyIsDocumentedInASentence() {
		assertThat(ConfigKeys.all()).allMatch((key) -> key.doc().endsWith("."));
	}

	@Test
	void whatSoundsSecretIsSecret() {
		assertThat(ConfigKeys.all())
			.filteredOn((key) -> key.name().matches("(?i).*(password|secret|token|apikey|accountkey|credentials).*"))
			.hasSize(14)
			.allMatch(ConfigKey::secret);
	}

}
