package dev.milvusbackup.layout;

import dev.milvusbackup.storage.StorageProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotUrisTest {

	private static final StorageProperties MILVUS = store("minio", "minio", 9000, "a-bucket", null);

	private static final String KEY = "backup/b1/bundle/snapshots/1/metadata/2.json";

	@Test
	void inTheStoreOfMilvusTheEndpointIsLeftToMilvus() {
		SnapshotUris uris = new SnapshotUris(MILVUS, store("minio", "minio", 9000, "bk-bucket", null));
		assertThat(uris.problem()).isEmpty();
		assertThat(uris.uri("backup/b1/bundle/")).isEqualTo("s3://bk-bucket/backup/b1/bundle");
		assertThat(uris.externalSpec()).isEmpty();
		assertThat(uris.key("s3://bk-bucket/" + KEY)).hasToString("Optional[" + KEY + "]");
		assertThat(uris.key("minio://10.0.0.1:9000/bk-bucket/" + KEY)).hasToString("Optional[" + KEY + "]");
		assertThat(uris.key("s3://a-bucket/" + KEY)).isEmpty();
	}

	@Test
	void anEndpointForMilvusIsNamed() {
		SnapshotUris uris = new SnapshotUris(MILVUS, store("minio", "minio", 9000, "bk-bucket", "minio.svc:9000"));
		assertThat(uris.uri("b/k")).isEqualTo("minio://minio.svc:9000/bk-bucket/b/k");
		assertThat(uris.externalSpec()).isEmpty();
	}

	@Test
	void anotherStoreIsNamedWithTheCredentialsForIt() {
		SnapshotUris uris = new SnapshotUris(MILVUS, store("s3", "s3.amazonaws.com", 443, "bk-bucket", null));
		assertThat(uris.problem()).isEmpty();
		assertThat(uris.uri("b/k")).isEqualTo("minio://s3.amazonaws.com:443/bk-bucket/b/k");
		JsonNode spec = JsonMapper.shared().readTree(uris.externalSpec()).path("extfs");
		assertThat(spec.path("cloud_provider").asString()).isEqualTo("aws");
		assertThat(spec.path("use_ssl").asString()).isEqualTo("false");
		assertThat(spec.path("access_key_id").asString()).isEqualTo("key");
		assertThat(spec.path("access_key_value").asString()).isEqualTo("secret");
		assertThat(uris.key("minio://S3.amazonaws.com:443/bk-bucket/" + KEY)).isPresent();
		assertThat(uris.key("minio://elsewhere:443/bk-bucket/" + KEY)).isEmpty();
		assertThat(uris.toString()).doesNotContain("secret");
	}

	@ParameterizedTest
	@CsvSource({ "local, local storage", "gcp, provider gcp" })
	void storesThatMilvusCannotUseAreTold(String provider, String word) {
		assertThat(new SnapshotUris(MILVUS, store(provider, "", 0, "", null)).problem()).isPresent();
		assertThat(new SnapshotUris(store("local", "", 0, "", null), MILVUS).problem())
			.hasValueSatisfying((problem) -> assertThat(problem).contains("local storage"));
	}

	@Test
	void temporaryCredentialsCannotBeGivenToMilvus() {
		StorageProperties token = new StorageProperties("s3", "s3.amazonaws.com", 443, null, true, "b", "backup", null,
				"key", "secret", "token", 8, 1L << 29);
		assertThat(new SnapshotUris(MILVUS, token).problem())
			.hasValueSatisfying((problem) -> assertThat(problem).contains("session token"));
	}

	@ParameterizedTest
	@CsvSource({ "''", "nonsense", "s3://", "s3://bk-bucket", "s3://bk-bucket/", "s3://bk-bucket/a/../b",
			"gopher://bk-bucket/a", "minio://minio:9000", "minio://minio:9000/bk-bucket/", "s3://bk-bucket/%zz" })
	void whatIsNoUriOfTheStoreIsNoKey(String uri) {
		SnapshotUris uris = new SnapshotUris(MILVUS, store("minio", "minio", 9000, "bk-bucket", null));
		assertThat(uris.key(uri)).isEmpty();
	}

	private static StorageProperties store(String provider, String address, int port, String bucket,
			@Nullable String milvusEndpoint) {
		return new StorageProperties(provider, address, port, null, false, bucket, "backup", null, "key", "secret",
				null, 8, 1L << 29, milvusEndpoint, null);
	}

}
