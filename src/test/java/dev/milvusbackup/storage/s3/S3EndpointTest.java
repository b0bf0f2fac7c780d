package dev.milvusbackup.storage.s3;

import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class S3EndpointTest {

	@ParameterizedTest
	@CsvSource({ "minio,localhost,9000,false,s3 http://localhost:9000",
			"minio,localhost,9000,true,s3 https://localhost:9000", "minio,localhost,0,false,s3 http://localhost:80",
			"minio,localhost:9001,9000,false,s3 http://localhost:9001",
			"minio,http://h:9002,9000,true,s3 http://h:9002", "minio,https://h,0,false,s3 https://h:443",
			"minio,https://h,9443,false,s3 https://h:9443", "minio,http://h:80,9000,false,s3 http://h:80",
			"minio,[::1],9000,false,s3 http://::1:9000", "minio,[::1]:9001,9000,false,s3 http://::1:9001",
			"s3,s3.amazonaws.com,443,true,s3 https://s3.amazonaws.com:443",
			"aws,'',9000,false,s3 https://s3.amazonaws.com:443",
			"gcp,'',9000,false,s3 https://storage.googleapis.com:443 auto",
			"gcp,storage.googleapis.com,443,true,s3 https://storage.googleapis.com:443 auto" })
	void readsAddressPortAndScheme(String provider, String address, int port, boolean ssl, String backend) {
		assertThat(S3Endpoint.of(properties(provider, address, port, ssl, null)).storeAddress("b").backend())
			.isEqualTo(backend);
	}

	@Test
	void theRegionIsPartOfTheIdentityWhenSet() {
		assertThat(S3Endpoint.of(properties("s3", "h", 1, false, "eu-west-1")).storeAddress("b").toString())
			.isEqualTo("s3 http://h:1 eu-west-1/b");
		assertThat(S3Endpoint.of(properties("s3", "h", 1, false, " ")).region()).isNull();
	}

	@Test
	void oneServerIsOneBackendWhateverTheProviderIsCalled() {
		assertThat(S3Endpoint.of(properties("s3", "h", 1, false, null))
			.storeAddress("a")
			.sameBackend(S3Endpoint.of(properties("minio", "http://h:1", 0, false, null)).storeAddress("b"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "http://", "host/path", "ftp://host" })
	void nonsenseIsAnErrorOfConfiguration(String address) {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> S3Endpoint.of(properties("minio", address, 9000, false, null)))
			.withMessageContaining("'" + address + "'")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StorageException.Kind.CONFIGURATION));
	}

	@Test
	void aPortOutOfRangeIsAnErrorOfConfiguration() {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> S3Endpoint.of(properties("minio", "h", 70_000, false, null)))
			.withMessageContaining("70000");
	}

	private static StorageProperties properties(String provider, String address, int port, boolean ssl,
			@Nullable String region) {
		return new StorageProperties(provider, address, port, region, ssl, "b", "", null, null, null, null, 1, 1);
	}

}
