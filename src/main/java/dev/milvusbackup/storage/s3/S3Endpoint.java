package dev.milvusbackup.storage.s3;

import java.util.Map;

import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreAddress;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is. An address may bring its own scheme and port, which then win over
 * the separate settings.
 */
record S3Endpoint(HttpUrl url, @Nullable String region) {

	private static final String AMAZON = "s3.amazonaws.com";

	/** Where the providers are that have one address for everybody. */
	private static final Map<String, String> PUBLIC = Map.of("s3", AMAZON, "aws", AMAZON, "gcp",
			"storage.googleapis.com");

	/** Google signs for this one, wherever the bucket is. */
	private static final Map<String, String> REGIONS = Map.of("gcp", "auto");

	static S3Endpoint of(StorageProperties properties) {
		String address = properties.address().strip();
		String known = address.isEmpty() ? PUBLIC.get(properties.provider()) : null;
		if (known != null) {
			address = "https://" + known;
		}
		boolean schemed = address.contains("://");
		String scheme = properties.useSsl() ? "https" : "http";
		HttpUrl url = HttpUrl.parse(schemed ? address : scheme + "://" + address);
		if (url == null || url.pathSize() > 1 || !url.encodedPath().equals("/")) {
			throw invalid(properties, "it is not of the form host, host:port or http(s)://host:port");
		}
		if (known == null && properties.port() != 0 && !hasPort(address)) {
			url = withPort(url, properties);
		}
		String region = blankToNull(properties.region());
		return new S3Endpoint(url, (region != null) ? region : REGIONS.get(properties.provider()));
	}

	private static HttpUrl withPort(HttpUrl url, StorageProperties properties) {
		if (properties.port() < 1 || properties.port() > 65535) {
			throw invalid(properties, "port " + properties.port() + " is out of range");
		}
		return url.newBuilder().port(properties.port()).build();
	}

	private static boolean hasPort(String address) {
		return address.matches(".*[^:\\]]:\\d+/?$|.*\\]:\\d+/?$");
	}

	private static @Nullable String blankToNull(@Nullable String value) {
		return (value == null || value.isBlank()) ? null : value;
	}

	private static StorageException invalid(StorageProperties properties, String why) {
		return new StorageException(StorageException.Kind.CONFIGURATION,
				"unable to open storage at '" + properties.address() + "': " + why, "check address and port", null);
	}

	/**
	 * The store's identity: one server is one backend, whatever the provider is called.
	 */
	StoreAddress storeAddress(String bucket) {
		String server = this.url.scheme() + "://" + this.url.host() + ":" + this.url.port();
		return new StoreAddress("s3 " + server + ((this.region != null) ? " " + this.region : ""), bucket);
	}

}
