package dev.milvusbackup.milvus.tls;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.stream.Stream;

import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of one connection, the same for gRPC and HTTP.
 *
 * @param authority certificates of those that are trusted, null for the JDK's own
 * @param certificate shown to the server, null for none
 * @param key private key of {@code certificate}, PKCS#8 without a password
 */
public record Certificates(@Nullable String authority, @Nullable String certificate, @Nullable String key) {

	/** Those that the JDK trusts are trusted, and nothing is shown. */
	public static final Certificates NONE = new Certificates(null, null, null);

	/**
	 * For a server that wants to see a certificate.
	 * @throws CertificatesException when a file is not named
	 */
	public static Certificates mutual(@Nullable String authority, @Nullable String certificate, @Nullable String key) {
		if (certificate == null || key == null) {
			String missing = (certificate == null) ? "certificate" : "key";
			throw new CertificatesException("mutual TLS needs a client " + missing, null);
		}
		return new Certificates(authority, certificate, key);
	}

	/**
	 * For gRPC, which is told the server's name by its channel.
	 * @throws CertificatesException when a file cannot be used
	 */
	public SslContext forGrpc() {
		try {
			return with(GrpcSslContexts.forClient().trustManager(trust())).build();
		}
		catch (IOException | GeneralSecurityException | IllegalArgumentException ex) {
			throw new CertificatesException(cause(ex), ex);
		}
	}

	/**
	 * For HTTP; the client has to check the server's name.
	 * @throws CertificatesException when a file cannot be used
	 */
	public ClientTls forHttp() {
		try {
			X509ExtendedTrustManager trust = trust();
			SslContext context = with(SslContextBuilder.forClient().sslProvider(SslProvider.JDK).trustManager(trust))
				.build();
			return new ClientTls(((JdkSslContext) context).context().getSocketFactory(), trust);
		}
		catch (IOException | GeneralSecurityException | IllegalArgumentException ex) {
			throw new CertificatesException(cause(ex), ex);
		}
	}

	private SslContextBuilder with(SslContextBuilder builder) {
		if (this.certificate != null && this.key != null) {
			builder.keyManager(readable(this.certificate), readable(this.key));
		}
		return builder;
	}

	private X509ExtendedTrustManager trust() throws IOException, GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init((this.authority != null) ? store(this.authority) : null);
		return Stream.of(factory.getTrustManagers())
			.filter(X509ExtendedTrustManager.class::isInstance)
			.map(X509ExtendedTrustManager.class::cast)
			.findFirst()
			.orElseThrow(() -> new GeneralSecurityException("the JDK has no trust manager"));
	}

	private static KeyStore store(String path) throws IOException, GeneralSecurityException {
		KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
		trusted.load(null, null);
		try (InputStream pem = Files.newInputStream(readable(path).toPath())) {
			int number = 0;
			for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
				trusted.setCertificateEntry("ca-" + number++, certificate);
			}
		}
		catch (CertificateException ex) {
			throw new CertificateException("'" + path + "' holds no certificate", ex);
		}
		if (trusted.size() == 0) {
			throw new CertificateException("'" + path + "' holds no certificate");
		}
		return trusted;
	}

	private static File readable(String path) {
		if (!Files.isReadable(Path.of(path))) {
			throw new IllegalArgumentException("'" + path + "' cannot be read");
		}
		return new File(path);
	}

	private static String cause(Exception ex) {
		Throwable cause = ex.getCause();
		String text = String.valueOf(ex.getMessage());
		return (cause == null || cause.getMessage() == null || text.contains(cause.getMessage())) ? text
				: text + ": " + cause.getMessage();
	}

}
