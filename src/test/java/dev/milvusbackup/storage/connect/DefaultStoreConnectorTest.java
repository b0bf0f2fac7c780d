package dev.milvusbackup.storage.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.RetryingObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DefaultStoreConnectorTest {

	private final DefaultStoreConnector connector = new DefaultStoreConnector();

	@Test
	void localStorageIsTheRootDirectory(@TempDir Path directory) throws IOException {
		Path root = directory.resolve("backups");
		try (ObjectStore store = this.connector.openOrCreate(properties("local", root.toString()))) {
			store.write(new ObjectKey("b1/meta/x"), ObjectContent.of(new byte[3]));
			assertThat(root.resolve("b1/meta/x")).hasSize(3);
			assertThat(store.address().container()).isEqualTo(root.toString());
		}
		assertThat(this.connector.metrics().puts().sum()).isEqualTo(1);
	}

	@Test
	void openDoesNotCreate(@TempDir Path directory) {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> this.connector.open(properties("local", directory.resolve("no").toString())))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StorageException.Kind.CONFIGURATION));
	}

	@ParameterizedTest
	@ValueSource(strings = { "minio", "s3", "aws", "hwc" })
	void bucketsAreOpenedWithoutARequest(String provider) {
		try (ObjectStore store = this.connector.open(properties(provider, "files"))) {
			assertThat(store).isInstanceOf(RetryingObjectStore.class);
			assertThat(store.address()).hasToString("s3 http://127.0.0.1:1/a-bucket");
		}
	}

	@Test
	void anotherProviderIsAnErrorThatNamesTheSupportedOnes() {
		Stream.of("azure", "", "S3").forEach((provider) -> {
			assertThatExceptionOfType(StorageException.class)
				.isThrownBy(() -> this.connector.open(properties(provider, "files")))
				.withMessage("unable to open storage '" + provider + "': there is no such provider")
				.satisfies((ex) -> {
					assertThat(ex.kind()).isEqualTo(StorageException.Kind.CONFIGURATION);
					assertThat(ex.hint()).isEqualTo("use one of local, minio, s3, aws, aliyun, tencent, hwc, gcp");
				});
		});
	}

	@Test
	void anImpossibleBucketNameIsAnErrorOfConfiguration() {
		StorageProperties properties = new StorageProperties("minio", "h", 9000, null, false, "No_Such Bucket", "",
				null, null, null, null, 1, 1);
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.connector.open(properties))
			.withMessageContaining("No_Such Bucket")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StorageException.Kind.CONFIGURATION));
	}

	private static StorageProperties properties(String provider, String rootPath) {
		return new StorageProperties(provider, "127.0.0.1", 1, null, false, "a-bucket", rootPath, null, "key", "secret",
				null, 4, 1);
	}

}
