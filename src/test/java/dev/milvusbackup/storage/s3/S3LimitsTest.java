package dev.milvusbackup.storage.s3;

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
		long part = S3Limits.standard(500 * MIB).partBytes(bytes);
		assertThat(part).isBetween(10 * MIB, 5 * GIB);
		assertThat((bytes + part - 1) / part).isLessThanOrEqualTo(10_000);
	}

	@Test
	void aPlainCopyIsNeverOfMoreThanTheProtocolAllows() {
		assertThat(S3Limits.standard(Long.MAX_VALUE).plainCopyBytes()).isEqualTo(5 * GIB);
		assertThat(S3Limits.standard(500 * MIB).plainCopyBytes()).isEqualTo(500 * MIB);
	}

}
