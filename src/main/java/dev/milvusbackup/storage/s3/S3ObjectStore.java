package dev.milvusbackup.storage.s3;

import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.milvusbackup.storage.Listing;
import dev.milvusbackup.storage.MeteredStream;
import dev.milvusbackup.storage.ObjectChangedException;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreAddress;
import dev.milvusbackup.storage.StoreMetrics;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as a store. Copies, batches and pages are single requests; nothing is retried
 * here but the parts of a multipart copy and the creation of the bucket.
 */
public final class S3ObjectStore implements ObjectStore {

	private final StoreAddress address;

	private final OkHttpClient http;

	private final S3Client client;

	private final StoreMetrics metrics;

	private final S3Calls calls;

	private final S3Pages pages;

	private final S3Bucket bucket;

	private final S3Copy copier;

	private final S3Writer writer;

	private S3ObjectStore(StorageProperties properties, S3Limits limits, StoreMetrics metrics, Retries retries) {
		S3Endpoint endpoint = S3Endpoint.of(properties);
		this.address = endpoint.storeAddress(properties.bucket());
		this.metrics = metrics;
		S3Threads threads = new S3Threads();
		this.http = S3Http.client(endpoint.url().isHttps(), properties.concurrency(), limits, metrics, threads);
		this.client = S3Client.of(properties, endpoint, this.http);
		this.calls = new S3Calls(this.address, threads);
		this.pages = new S3Pages(this.client, this.calls);
		this.bucket = new S3Bucket(this.client, this.calls, this.pages);
		MultipartUpload upload = new MultipartUpload(this.client, this.calls);
		this.copier = new S3Copy(upload, limits, new MultipartCopy(upload, limits, retries));
		this.writer = new S3Writer(upload, limits, metrics);
	}

	/**
	 * The store of the bucket; nothing is requested yet.
	 * @param retries for the parts of a multipart copy
	 */
	public static S3ObjectStore open(StorageProperties properties, StoreMetrics metrics, Retries retries) {
		return open(properties, S3Limits.of(properties), metrics, retries);
	}

	static S3ObjectStore open(StorageProperties properties, S3Limits limits, StoreMetrics metrics, Retries retries) {
		return new S3ObjectStore(properties, limits, metrics, retries);
	}

	/**
	 * The store of the bucket, which is created when missing.
	 * @param retries for the bucket's creation and for the parts of a multipart copy
	 */
	public static S3ObjectStore openOrCreate(StorageProperties properties, StoreMetrics metrics, Retries retries) {
		S3ObjectStore store = open(properties, metrics, retries);
		try {
			retries.run(() -> store.bucket.create(S3Endpoint.of(properties).region()));
			return store;
		}
		catch (RuntimeException ex) {
			store.close();
			throw ex;
		}
	}

	@Override
	public StoreAddress address() {
		return this.address;
	}

	@Override
	public Stream<ObjectStat> list(ObjectPrefix prefix) {
		return Listing.stream(new S3Listing(this.pages, prefix), () -> {
		});
	}

	@Override
	public List<String> directories(ObjectPrefix prefix) {
		return this.pages.directories(prefix);
	}

	@Override
	public Optional<Instant> lastModified(ObjectPrefix prefix, Predicate<ObjectKey> which) {
		return this.pages.lastModified(prefix, which);
	}

	@Override
	public Optional<ObjectStat> stat(ObjectKey key) {
		try {
			return Optional.of(head(this.client.bucket(), key));
		}
		catch (ObjectNotFoundException ex) {
			this.bucket.require();
			return Optional.empty();
		}
	}

	private ObjectStat head(String container, ObjectKey key) {
		HeadObjectArgs args = HeadObjectArgs.builder().bucket(container).object(key.value()).build();
		HeadObjectResponse head = this.calls.call("stat", key.value(), () -> this.client.headObject(args));
		return new ObjectStat(key, head.size(), S3Pages.etag(head.etag()));
	}

	@Override
	public InputStream read(ObjectKey key) {
		return read(key, null);
	}

	@Override
	public InputStream read(ObjectStat object) {
		return read(object.key(), object.etag());
	}

	private InputStream read(ObjectKey key, @Nullable String etag) {
		GetObjectArgs args = GetObjectArgs.builder()
			.bucket(this.client.bucket())
			.object(key.value())
			.matchETag(etag)
			.build();
		GetObjectResponse response = this.calls.call("read", key.value(), () -> this.client.getObject(args));
		String length = response.headers().get("Content-Length");
		return new MeteredStream(response, (length != null) ? Long.parseLong(length) : -1, this.metrics);
	}

	@Override
	public ObjectStat write(ObjectKey key, ObjectContent content) {
		return new ObjectStat(key, content.bytes(), this.writer.write(key, content));
	}

	@Override
	public ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target) {
		ObjectStat known = (object.etag() != null) ? object : tagged(source, object);
		String etag = this.copier.copy(source.address().container(), known, target);
		this.metrics.bytesCopied().add(known.bytes());
		return new ObjectStat(target, known.bytes(), etag);
	}

	/**
	 * The object with the tag that it has now.
	 */
	private ObjectStat tagged(ObjectStore source, ObjectStat object) {
		ObjectStat now = head(source.address().container(), object.key());
		if (now.bytes() != object.bytes()) {
			throw new ObjectChangedException("unable to copy '" + object.key() + "' from '" + source.address()
					+ "': it was listed with " + object.bytes() + " bytes, has " + now.bytes(), null);
		}
		return now;
	}

	@Override
	public void delete(Collection<ObjectKey> keys) {
		new S3Deletion(this.client, this.calls).delete(keys);
	}

	/**
	 * Ends the requests that still run.
	 */
	@Override
	public void close() {
		this.http.dispatcher().cancelAll();
		this.client.close();
	}

	@Override
	public String toString() {
		return this.address.toString();
	}

}
