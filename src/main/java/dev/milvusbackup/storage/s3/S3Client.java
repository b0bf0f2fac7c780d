package dev.milvusbackup.storage.s3;

import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import io.minio.BucketExistsArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.ObjectArgs;
import io.minio.PutObjectAPIArgs;
import io.minio.credentials.Provider;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The library's client, and beside it uploads that stream and listings and copies whose
 * answers are read without reflection. One bucket is its target.
 */
final class S3Client extends MinioAsyncClient {

	private static final byte[] NO_BYTES = {};

	/** Providers that answer only where the bucket is part of the host's name. */
	private static final Set<String> VIRTUAL_HOSTED = Set.of("aliyun", "tencent");

	private final String bucket;

	private S3Client(MinioAsyncClient client, String bucket) {
		super(client);
		this.bucket = bucket;
	}

	static S3Client of(StorageProperties properties, S3Endpoint endpoint, OkHttpClient http) {
		try {
			Builder builder = MinioAsyncClient.builder().endpoint(endpoint.url()).httpClient(http, true);
			if (endpoint.region() != null) {
				builder.region(endpoint.region());
			}
			Provider credentials = S3Credentials.of(properties);
			if (credentials != null) {
				builder.credentialsProvider(credentials);
			}
			requireBucketName(properties.bucket());
			MinioAsyncClient client = builder.build();
			if (VIRTUAL_HOSTED.contains(properties.provider())) {
				client.enableVirtualStyleEndpoint();
			}
			return new S3Client(client, properties.bucket());
		}
		catch (IllegalArgumentException ex) {
			throw new StorageException(
					StorageException.Kind.CONFIGURATION, "unable to open bucket '" + properties.bucket() + "' at '"
							+ properties.address() + "': " + ex.getMessage(),
					"check address, bucket name, region and keys", ex);
		}
	}

	private static void requireBucketName(String bucket) {
		BucketExistsArgs.builder().bucket(bucket).build();
	}

	String bucket() {
		return this.bucket;
	}

	StreamedBody body(InputStream in, long bytes) {
		return new StreamedBody(in, bytes, this.provider != null);
	}

	/**
	 * One page of a listing.
	 * @param parameters of the protocol, without its version
	 */
	CompletableFuture<ListPage> list(Http.QueryParameters parameters) {
		BucketExistsArgs args = BucketExistsArgs.builder().bucket(this.bucket).build();
		Http.QueryParameters all = Http.QueryParameters.merge(new Http.QueryParameters("list-type", "2"), parameters);
		return executeGetAsync(args, null, all).thenApply(ListPage::read);
	}

	/**
	 * Copies inside the server, in one request.
	 * @param headers that name the source and what it must be like
	 * @return entity tag of the copy, with quotes as the server sends it; null when it
	 * sends none
	 */
	CompletableFuture<@Nullable String> copy(ObjectKey key, Http.Headers headers) {
		ObjectArgs args = PutObjectAPIArgs.builder().bucket(this.bucket).object(key.value()).data(NO_BYTES, 0).build();
		return executePutAsync(args, headers, null, null).thenApply(S3Client::copiedTag);
	}

	private static @Nullable String copiedTag(Response response) {
		return XmlAnswer.read(response, "CopyObjectResult", (reader) -> {
			String etag = null;
			while (XmlAnswer.nextChild(reader)) {
				if (reader.getLocalName().equals("ETag")) {
					etag = reader.getElementText();
				}
				else {
					XmlAnswer.skip(reader);
				}
			}
			return etag;
		});
	}

	/**
	 * Uploads an object or, with the parameters of one, a part.
	 */
	CompletableFuture<Response> put(ObjectKey key, Http.QueryParameters parameters, StreamedBody body) {
		ObjectArgs args = PutObjectAPIArgs.builder().bucket(this.bucket).object(key.value()).data(NO_BYTES, 0).build();
		return executePutAsync(args, new Http.Headers(), parameters, body);
	}

}
