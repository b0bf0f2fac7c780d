package dev.milvusbackup.storage.s3;

import dev.milvusbackup.storage.StorageProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class S3LimitsTest {

	private static final long MIB = 1024 * 1024;

	private static final long GIB = 1024 * MIB;

	@ParameterizedTest
	@ValueSource(longs = { 1, 600 * MIB, 640_000 * MIB, 640_000 * MIB + 1, 5 * 1024 * GIB })
	void partsAreFewEnoughAndLargeEnough(long bytes) {
		long part = limits("minio", 500 * MIB).partBytes(bytes);
		assertThat(part).isBetween(10 * MIB, 5 * GIB);
		assertThat((bytes + part - 1) / part).isLessThanOrEqualTo(10_000);
	}

	@Test
	void aPlainCopyIsNeverOfMoreThanTheProtocolAllows() {
		assertThat(limits("minio", Long.MAX_VALUE).plainCopyBytes()).isEqualTo(5 * GIB);
		assertThat(limits("minio", 500 * MIB).plainCopyBytes()).isEqualTo(500 * MIB);
	}

	@Test
	void whereThereAreNoCopiesInPartsEveryCopyIsPlain() {
		assertThat(limits("gcp", 500 * MIB).plainCopyBytes()).isEqualTo(Long.MAX_VALUE);
	}

	private static S3Limits limits(String provider, long threshold) {
		return S3Limits
			.of(new StorageProperties(provider, "h", 1, null, false, "b", "", null, null, null, null, 1, threshold));
	}

}
