package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import io.minio.BaseArgs;
import io.minio.BucketExistsArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.ObjectArgs;
import io.minio.PutObjectAPIArgs;
import io.minio.Xml;
import io.minio.credentials.Credentials;
import io.minio.credentials.Provider;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.messages.ErrorResponse;
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

	/** For what does not go through the library's threads. */
	private final Semaphore permits;

	private S3Client(MinioAsyncClient client, String bucket, int concurrency) {
		super(client);
		this.bucket = bucket;
		this.permits = new Semaphore(concurrency);
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
			return new S3Client(client, properties.bucket(), properties.concurrency());
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
		Http.S3Request request = request(Http.Method.GET, args).queryParams(all).build();
		return getRegion(this.bucket, null).thenApplyAsync((region) -> ListPage.read(answer(request, region)),
				this.httpClient.dispatcher().executorService());
	}

	/**
	 * Copies inside the server, in one request. The calling thread sends it and waits for
	 * the answer itself, which an interrupt does not end: there are so many small copies
	 * that two changes of threads for each would be felt.
	 * @param headers that name the source and what it must be like
	 * @return entity tag of the copy, with quotes as the server sends it; null when it
	 * sends none
	 */
	CompletableFuture<@Nullable String> copy(ObjectKey key, Http.Headers headers) {
		ObjectArgs args = PutObjectAPIArgs.builder().bucket(this.bucket).object(key.value()).data(NO_BYTES, 0).build();
		Http.S3Request request = request(Http.Method.PUT, args).headers(headers).build();
		return getRegion(this.bucket, null).thenApply((region) -> copiedTag(answer(request, region)));
	}

	private Http.S3Request.Builder request(Http.Method method, BaseArgs args) {
		return Http.S3Request.builder().userAgent(this.userAgent).method(method).args(args);
	}

	/**
	 * The library would write a record of each answer, which takes longer than to read
	 * it.
	 */
	private Response answer(Http.S3Request request, String region) {
		Credentials credentials = (this.provider != null) ? this.provider.fetch() : null;
		this.permits.acquireUninterruptibly();
		try {
			Response response = this.httpClient
				.newCall(request.toRequest(this.baseUrl, region, credentials).httpRequest())
				.execute();
			if (!response.isSuccessful()) {
				throw refusal(response);
			}
			return response;
		}
		catch (IOException | MinioException ex) {
			throw new CompletionException(ex);
		}
		finally {
			this.permits.release();
		}
	}

	private static MinioException refusal(Response response) throws IOException, MinioException {
		try (response) {
			String xml = response.body().string();
			return xml.isBlank() ? new ServerException("no reason given", response.code(), "")
					: new ErrorResponseException(Xml.unmarshal(ErrorResponse.class, xml), response, "");
		}
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
