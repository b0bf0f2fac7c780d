package dev.milvusbackup.milvus;

import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.milvus.MilvusFeatures.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MilvusFeaturesTest {

	@ParameterizedTest
	@CsvSource({ "v2.3.5, 2.3.5", "2.3.5, 2.3.5", "v2.3.5-lite, 2.3.5", "v2.6.11-rc.1, 2.6.11", "2.4.3.1, 2.4.3",
			"v2.5.8+build7, 2.5.8", "2.6, 2.6.9999", "v2.6-20250101-abcdef, 2.6.9999", "2.6.4-gpu, 2.6.4",
			"Milvus 2.5, 2.5.9999", "zilliz Milvus-v2.4.1 cloud, 2.4.1", "master-20260101-abc, 99.0.0", "'', 99.0.0" })
	void versionsAreReadAsTheServersWordThem(String text, String version) {
		assertThat(MilvusFeatures.of(List.of(text))).hasToString(version);
	}

	@Test
	void aStrictVersionWinsFromEitherText() {
		assertThat(MilvusFeatures.of(List.of("2.6-branch", "v2.5.3"))).hasToString("2.5.3");
		assertThat(MilvusFeatures.of(List.of("2.6.1.7", "v2.5.3"))).hasToString("2.6.1");
	}

	@ParameterizedTest
	@CsvSource({ "MULTI_DATABASE, 2.2.8, 2.2.9", "DESCRIBE_DATABASE, 2.4.2, 2.4.3", "REPLICATE_MESSAGE, 2.4.99, 2.5.0",
			"GET_SEGMENT_INFO, 2.5.7, 2.5.8", "MULTI_L0_IN_ONE_JOB, 2.6.4, 2.6.5",
			"COLLECTION_LEVEL_GC_CONTROL, 2.6.7, 2.6.8", "FUNCTION_RUNTIME_CHECK, 2.6.7, 2.6.8",
			"FLUSH_ALL, 2.6.10, 2.6.11", "SNAPSHOT, 2.99.0, 3.0.0" })
	void eachFeatureBeginsWithItsVersion(Feature feature, String before, String since) {
		assertThat(MilvusFeatures.of(List.of(before)).has(feature)).isFalse();
		assertThat(MilvusFeatures.of(List.of(since)).has(feature)).isTrue();
		assertThat(MilvusFeatures.of(List.of(since + "-rc1")).has(feature)).isTrue();
	}

	@Test
	void replicationPositionsEndWith26() {
		assertThat(MilvusFeatures.of(List.of("2.5.99")).has(Feature.REPLICATE_MESSAGE)).isTrue();
		assertThat(MilvusFeatures.of(List.of("2.6.0")).has(Feature.REPLICATE_MESSAGE)).isFalse();
	}

	@Test
	void aServerOfUnknownVersionCanDoAllThatIsStillThere() {
		assertThat(Stream.of(Feature.values()).filter(MilvusFeatures.of(List.of())::has))
			.hasSize(Feature.values().length - 1)
			.doesNotContain(Feature.REPLICATE_MESSAGE);
	}

}
