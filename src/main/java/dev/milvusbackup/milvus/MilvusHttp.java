package dev.milvusbackup.milvus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.tls.CertificatesException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one of Milvus's endpoints, with the certificates of the milvus section where
 * its URL is one of HTTPS. Thread-safe.
 */
final class MilvusHttp {

	private static final Duration CONNECT = Duration.ofSeconds(10);

	private final String url;

	private final MilvusProperties properties;

	private @Nullable HttpClient client;

	/**
	 * @param url absolute, without a trailing slash
	 */
	MilvusHttp(String url, MilvusProperties properties) {
		this.url = url;
		this.properties = properties;
	}

	String url() {
		return this.url;
	}

	/**
	 * @param path with the query, after the URL
	 * @throws IllegalArgumentException when that is no URL
	 */
	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.url + path));
	}

	/**
	 * @throws MilvusException of kind DENIED when the certificates cannot be used
	 */
	HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return client(request.uri()).send(request, BodyHandlers.ofString());
	}

	/** Made when first needed: most runs do without it. */
	private synchronized HttpClient client(URI uri) {
		HttpClient existing = this.client;
		if (existing == null) {
			HttpClient.Builder builder = HttpClient.newBuilder()
				.version(HttpClient.Version.HTTP_1_1)
				.connectTimeout(CONNECT);
			if ("https".equalsIgnoreCase(uri.getScheme())) {
				secure(builder, uri.getHost());
			}
			existing = builder.build();
			this.client = existing;
		}
		return existing;
	}

	/** The configured name is that of the server at the configured address. */
	private void secure(HttpClient.Builder builder, String host) {
		String name = host.equalsIgnoreCase(this.properties.address()) ? this.properties.serverName() : null;
		try {
			builder.sslContext(this.properties.certificates().forHttp((name == null || name.isEmpty()) ? null : name));
		}
		catch (CertificatesException ex) {
			throw new MilvusException(Kind.DENIED, "unable to reach Milvus '" + this.url + "': " + ex.getMessage(),
					"check the certificate files of the milvus section", ex);
		}
	}

}
