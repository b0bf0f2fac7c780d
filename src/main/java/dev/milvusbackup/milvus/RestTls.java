package dev.milvusbackup.milvus;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.milvusbackup.milvus.MilvusException.Kind;

/**
 * An HTTP client that trusts what the gRPC connection trusts. It has no client
 * certificate to show.
 */
final class RestTls {

	private RestTls() {
	}

	static HttpClient client(MilvusProperties properties, Duration timeout) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(timeout);
		String authority = properties.caCertPath();
		if (properties.tlsMode() > 0 && authority != null && !authority.isEmpty()) {
			builder.sslContext(trusting(authority));
		}
		return builder.build();
	}

	private static SSLContext trusting(String authority) {
		try (InputStream in = Files.newInputStream(Path.of(authority))) {
			KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
			trusted.load(null, null);
			for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
				trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
			}
			TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			managers.init(trusted);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, managers.getTrustManagers(), null);
			return context;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new MilvusException(Kind.DENIED, "unable to use certificate '" + authority + "': " + ex.getMessage(),
					"check the certificate files of the milvus section", ex);
		}
	}

}
