package dev.milvusbackup.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ExactStream;
import dev.milvusbackup.storage.Listing;
import dev.milvusbackup.storage.ObjectChangedException;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreAddress;
import dev.milvusbackup.storage.StoreConnector;

/**
 * A bucket in memory with the manners of S3: entity tags are MD5 sums, copies are
 * conditional. Buckets of one {@link Backend} copy from each other directly, also when
 * the source is wrapped.
 */
public final class MemoryObjectStore implements ObjectStore {

	private final Backend backend;

	private final String bucket;

	private final Map<ObjectKey, byte[]> objects;

	private final Map<ObjectKey, Instant> times;

	/**
	 * A bucket on a backend of its own.
	 */
	public MemoryObjectStore() {
		this(new Backend(), "bucket");
	}

	/**
	 * The bucket of that name, created when missing.
	 */
	public MemoryObjectStore(Backend backend, String bucket) {
		this.backend = backend;
		this.bucket = bucket;
		this.objects = backend.buckets.computeIfAbsent(bucket, (name) -> new ConcurrentSkipListMap<>());
		this.times = backend.times.computeIfAbsent(bucket, (name) -> new ConcurrentHashMap<>());
	}

	/**
	 * Stores text, for tests that only need some object.
	 */
	public ObjectStat put(String key, String text) {
		return write(new ObjectKey(key), ObjectContent.of(text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Lets all objects below the prefix look as if they had been written then.
	 */
	public void age(ObjectPrefix prefix, Instant written) {
		this.objects.keySet().stream().filter(prefix::contains).forEach((key) -> this.times.put(key, written));
	}

	/**
	 * All keys, sorted.
	 */
	public List<String> keys() {
		return this.objects.keySet().stream().map(ObjectKey::value).toList();
	}

	/**
	 * The object's bytes.
	 */
	public byte[] bytes(String key) {
		return content(new ObjectKey(key)).clone();
	}

	@Override
	public StoreAddress address() {
		return new StoreAddress(this.backend.name, this.bucket);
	}

	@Override
	public Stream<ObjectStat> list(ObjectPrefix prefix) {
		return Listing.stream(this.objects.entrySet()
			.stream()
			.filter((entry) -> prefix.contains(entry.getKey()))
			.map((entry) -> stat(entry.getKey(), entry.getValue()))
			.iterator(), () -> {
			});
	}

	@Override
	public List<String> directories(ObjectPrefix prefix) {
		return this.objects.keySet()
			.stream()
			.filter(prefix::contains)
			.map((key) -> key.value().substring(prefix.value().length()))
			.filter((rest) -> rest.contains("/"))
			.map((rest) -> rest.substring(0, rest.indexOf('/')))
			.distinct()
			.sorted()
			.toList();
	}

	@Override
	public Optional<Instant> lastModified(ObjectPrefix prefix, Predicate<ObjectKey> which) {
		return this.objects.keySet()
			.stream()
			.filter((key) -> prefix.contains(key) && which.test(key))
			.map((key) -> this.times.getOrDefault(key, Instant.EPOCH))
			.max(Comparator.naturalOrder());
	}

	@Override
	public Optional<ObjectStat> stat(ObjectKey key) {
		return Optional.ofNullable(this.objects.get(key)).map((content) -> stat(key, content));
	}

	@Override
	public InputStream read(ObjectKey key) {
		return new ByteArrayInputStream(content(key));
	}

	@Override
	public InputStream read(ObjectStat object) {
		byte[] content = content(object.key());
		requireTag(object, content);
		return new ByteArrayInputStream(content);
	}

	@Override
	public ObjectStat write(ObjectKey key, ObjectContent content) {
		try (InputStream in = ExactStream.of(content, key)) {
			byte[] bytes = in.readAllBytes();
			this.objects.put(key, bytes);
			this.times.put(key, Instant.now());
			return stat(key, bytes);
		}
		catch (IOException ex) {
			throw new StorageException(StorageException.Kind.TRANSIENT,
					"unable to write '" + key + "' to '" + address() + "': " + ex.getMessage(), null, ex);
		}
	}

	@Override
	public ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target) {
		MemoryObjectStore from = new MemoryObjectStore(this.backend, source.address().container());
		byte[] content = from.content(object.key());
		requireTag(object, content);
		if (content.length != object.bytes()) {
			throw changed(object);
		}
		this.objects.put(target, content);
		this.times.put(target, Instant.now());
		return stat(target, content);
	}

	@Override
	public void delete(Collection<ObjectKey> keys) {
		keys.forEach(this.objects::remove);
	}

	@Override
	public void close() {
		// the objects stay with the backend
	}

	@Override
	public String toString() {
		return address().toString();
	}

	private byte[] content(ObjectKey key) {
		byte[] content = this.objects.get(key);
		if (content == null) {
			throw new ObjectNotFoundException(
					"unable to read '" + key + "' from '" + address() + "': there is no such object", null);
		}
		return content;
	}

	private static ObjectStat stat(ObjectKey key, byte[] content) {
		return new ObjectStat(key, content.length, md5(content));
	}

	private static void requireTag(ObjectStat object, byte[] content) {
		if (object.etag() != null && !object.etag().equals(md5(content))) {
			throw changed(object);
		}
	}

	private static ObjectChangedException changed(ObjectStat object) {
		return new ObjectChangedException("unable to copy '" + object.key() + "': it has changed", null);
	}

	private static String md5(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Buckets that can copy from each other; opens them by name, whatever the provider.
	 */
	public static final class Backend implements StoreConnector {

		private final String name = "memory " + Integer.toHexString(System.identityHashCode(this));

		private final ConcurrentMap<String, Map<ObjectKey, byte[]>> buckets = new ConcurrentHashMap<>();

		private final ConcurrentMap<String, Map<ObjectKey, Instant>> times = new ConcurrentHashMap<>();

		@Override
		public ObjectStore open(StorageProperties properties) {
			if (!this.buckets.containsKey(properties.bucket())) {
				throw new StorageException(StorageException.Kind.CONFIGURATION,
						"unable to open '" + properties.bucket() + "': there is no such bucket", null, null);
			}
			return openOrCreate(properties);
		}

		@Override
		public ObjectStore openOrCreate(StorageProperties properties) {
			return new MemoryObjectStore(this, properties.bucket());
		}

	}

}
