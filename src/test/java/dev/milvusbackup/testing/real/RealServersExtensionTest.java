package dev.milvusbackup.testing.real;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RealServersExtensionTest {

	private static final String NOT_INSTALLED = "milvus-0.0.0";

	@Test
	void aMissingServerIsSkippedWithTheCommandThatInstallsIt() {
		ConditionEvaluationResult result = RealServersExtension.evaluate(NOT_INSTALLED, "minio,postgresql");
		assertThat(result.isDisabled()).isTrue();
		assertThat(result.getReason()).hasValueSatisfying(
				(reason) -> assertThat(reason).contains("needs milvus-0.0.0", "install-real-servers.sh milvus-0.0.0"));
	}

	@Test
	void aMissingServerFailsIfItsKindIsRequired() {
		assertThatIllegalStateException()
			.isThrownBy(() -> RealServersExtension.evaluate(NOT_INSTALLED, "minio, milvus"))
			.withMessageContaining("milvus-0.0.0 is required");
	}

	@Test
	void aMissingServerFailsIfItsVersionIsRequired() {
		assertThatIllegalStateException().isThrownBy(() -> RealServersExtension.evaluate(NOT_INSTALLED, NOT_INSTALLED))
			.withMessageContaining("milvus-0.0.0 is required");
	}

	@Test
	void theEmbeddedPostgresIsAlwaysThere() {
		assertThat(RealServersExtension.evaluate("postgresql", "postgresql").isDisabled()).isFalse();
	}

}
