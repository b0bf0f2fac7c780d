package dev.milvusbackup.layout;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Names objects of the backup store as Milvus is to find them when it copies snapshots
 * (format.md 8.1).
 *
 * @param milvus what Milvus keeps its own objects in
 */
public record SnapshotUris(StorageProperties milvus, StorageProperties backup) {

	private static final Map<String, String> PROVIDERS = Map.of("minio", "minio", "s3", "aws", "aliyun", "aliyun",
			"tencent", "tencent", "hwc", "huawei");

	/** Of these the first part of the path is the bucket. */
	private static final Set<String> OF_ENDPOINTS = Set.of("minio", "http", "https");

	private static final Set<String> OF_BUCKETS = Set.of("s3");

	/**
	 * Why Milvus cannot be told of the backup store; empty when it can.
	 */
	public Optional<String> problem() {
		if (!PROVIDERS.containsKey(this.backup.provider())) {
			return Optional.of("Milvus cannot copy snapshots to storage of provider " + this.backup.provider());
		}
		if (this.milvus.isLocal()) {
			return Optional.of("Milvus cannot copy snapshots out of local storage");
		}
		if (sameBackend()) {
			return Optional.empty();
		}
		if (isGiven(this.backup.sessionToken())) {
			return Optional.of("a session token cannot be given to Milvus");
		}
		return isGiven(this.backup.accessKey()) ? Optional.empty()
				: Optional.of("Milvus has to be given an access key for another store than its own");
	}

	/**
	 * @param key of an object, or what its key begins with
	 */
	public String uri(String key) {
		String path = this.backup.bucket() + "/" + (key.endsWith("/") ? key.substring(0, key.length() - 1) : key);
		if (isGiven(this.backup.milvusEndpoint())) {
			return "minio://" + this.backup.milvusEndpoint() + "/" + path;
		}
		return (sameBackend() || this.backup.address().isEmpty()) ? "s3://" + path
				: "minio://" + this.backup.address() + ":" + this.backup.port() + "/" + path;
	}

	/**
	 * How Milvus gets into the backup store, as JSON with secrets; empty where it can use
	 * its own credentials.
	 */
	public String externalSpec() {
		if (sameBackend()) {
			return "";
		}
		Map<String, String> access = new LinkedHashMap<>();
		access.put("cloud_provider", PROVIDERS.getOrDefault(this.backup.provider(), ""));
		access.put("use_ssl", Boolean.toString(this.backup.useSsl()));
		String region = this.backup.region();
		if (region != null && !region.isEmpty()) {
			access.put("region", region);
		}
		access.put("access_key_id", String.valueOf(this.backup.accessKey()));
		access.put("access_key_value", String.valueOf(this.backup.secretKey()));
		return JsonMapper.shared().writeValueAsString(Map.of("extfs", access));
	}

	/**
	 * The key that Milvus means by a URI; empty when it does not lie in the backup store.
	 */
	public Optional<ObjectKey> key(String uri) {
		int begin = uri.indexOf("://");
		String scheme = (begin < 0) ? "" : uri.substring(0, begin).toLowerCase(Locale.ROOT);
		String[] parts = (begin < 0) ? new String[0] : uri.substring(begin + 3).split("/", 3);
		boolean ofEndpoint = OF_ENDPOINTS.contains(scheme) && parts.length == 3 && isOwnEndpoint(parts[0]);
		if (ofEndpoint && parts[1].equals(this.backup.bucket())) {
			return key(parts, 2);
		}
		boolean ofBucket = OF_BUCKETS.contains(scheme) && parts.length > 1 && parts[0].equals(this.backup.bucket());
		return ofBucket ? key(parts, 1) : Optional.empty();
	}

	/** Where Milvus chose the endpoint, it may write it as it likes. */
	private boolean isOwnEndpoint(String endpoint) {
		String given = uri("x");
		return given.startsWith("s3://") || given.startsWith("minio://" + endpoint.toLowerCase(Locale.ROOT) + "/");
	}

	private static Optional<ObjectKey> key(String[] parts, int from) {
		StringBuilder key = new StringBuilder(parts[from]);
		for (int i = from + 1; i < parts.length; i++) {
			key.append('/').append(parts[i]);
		}
		try {
			return Optional.of(new ObjectKey(decoded(key.toString())));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static String decoded(String key) {
		return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	private boolean sameBackend() {
		return this.milvus.provider().equals(this.backup.provider())
				&& this.milvus.address().equalsIgnoreCase(this.backup.address())
				&& this.milvus.port() == this.backup.port() && this.milvus.useSsl() == this.backup.useSsl()
				&& orEmpty(this.milvus.region()).equals(orEmpty(this.backup.region()));
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private static boolean isGiven(@Nullable String text) {
		return text != null && !text.isEmpty();
	}

}
