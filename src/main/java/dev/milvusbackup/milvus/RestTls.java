package dev.milvusbackup.milvus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.milvusbackup.milvus.MilvusException.Kind;

/**
 * Whom the REST client trusts. The JDK's client knows neither another server name nor,
 * here, certificates of its own.
 */
final class RestTls {

	private RestTls() {
	}

	/**
	 * Empty for the JDK's own context.
	 * @throws MilvusException of kind DENIED when the certificates cannot be used
	 */
	static Optional<SSLContext> context(MilvusProperties properties) {
		String path = properties.caCertPath();
		if (!properties.restUrl().startsWith("https:") || path == null || path.isEmpty()) {
			return Optional.empty();
		}
		try (InputStream pem = Files.newInputStream(Path.of(path))) {
			KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
			trusted.load(null, null);
			int number = 0;
			for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
				trusted.setCertificateEntry("ca-" + number++, certificate);
			}
			TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			managers.init(trusted);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, managers.getTrustManagers(), null);
			return Optional.of(context);
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new MilvusException(Kind.DENIED,
					"unable to reach Milvus '" + properties.restUrl() + "': " + ex.getMessage(),
					"check the certificate files of the milvus section", ex);
		}
	}

}
