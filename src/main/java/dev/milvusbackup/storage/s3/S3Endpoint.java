package dev.milvusbackup.storage.s3;

import java.util.Set;

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

	private static final Set<String> AMAZON_PROVIDERS = Set.of("s3", "aws");

	static S3Endpoint of(StorageProperties properties) {
		String address = properties.address().strip();
		boolean amazon = address.isEmpty() && AMAZON_PROVIDERS.contains(properties.provider());
		if (amazon) {
			address = "https://" + AMAZON;
		}
		boolean schemed = address.contains("://");
		String scheme = properties.useSsl() ? "https" : "http";
		HttpUrl url = HttpUrl.parse(schemed ? address : scheme + "://" + address);
		if (url == null || url.pathSize() > 1 || !url.encodedPath().equals("/")) {
			throw invalid(properties, "it is not of the form host, host:port or http(s)://host:port");
		}
		if (!amazon && properties.port() != 0 && !hasPort(address)) {
			url = withPort(url, properties);
		}
		return new S3Endpoint(url, blankToNull(properties.region()));
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
