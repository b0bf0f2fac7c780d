package dev.milvusbackup.storage.s3;

import java.time.Duration;
import java.util.Objects;

import dev.milvusbackup.storage.StorageProperties;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What requests are signed with.
 */
final class S3Credentials {

	private static final Duration METADATA_ANSWER = Duration.ofSeconds(10);

	private S3Credentials() {
	}

	/**
	 * Null to sign nothing.
	 */
	static @Nullable Provider of(StorageProperties properties) {
		StorageProperties.Iam iam = properties.iam();
		if (iam != null) {
			// web identity of a pod, else its container's role, else that of the machine
			return new IamAwsProvider(iam.endpoint(), metadataClient());
		}
		String accessKey = properties.accessKey();
		return (accessKey == null || accessKey.isEmpty()) ? null : new StaticProvider(accessKey,
				Objects.requireNonNullElse(properties.secretKey(), ""), properties.sessionToken());
	}

	private static OkHttpClient metadataClient() {
		return new OkHttpClient.Builder().callTimeout(METADATA_ANSWER).build();
	}

}
