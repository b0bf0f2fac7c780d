package dev.milvusbackup.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * Certificates that vouch for themselves, as PEM files {@code <name>.pem} and
 * {@code <name>.key} in a directory.
 */
public final class TestCertificates {

	private static final String PASSWORD = "changeit";

	private final Path directory;

	public TestCertificates(Path directory) {
		this.directory = directory;
	}

	/**
	 * Makes one.
	 * @param alternatives such as {@code dns:milvus.example,ip:127.0.0.1}
	 */
	public TestCertificates make(String name, String alternatives) throws Exception {
		Path log = this.directory.resolve(name + ".log");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=" + alternatives,
				"-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file(name, "p12"))
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		if (keytool.waitFor() != 0) {
			throw new IllegalStateException("keytool failed: " + Files.readString(log));
		}
		KeyStore store = store(name);
		writePem(file(name, "pem"), "CERTIFICATE", store.getCertificate(name).getEncoded());
		writePem(file(name, "key"), "PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded());
		return this;
	}

	public String certificate(String name) {
		return file(name, "pem");
	}

	public String key(String name) {
		return file(name, "key");
	}

	/**
	 * For a server of the JDK.
	 * @param trusted whose certificate clients may show, null for none
	 */
	public SSLContext context(String name, @Nullable String trusted) throws GeneralSecurityException, IOException {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store(name), PASSWORD.toCharArray());
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		KeyStore clients = KeyStore.getInstance("PKCS12");
		clients.load(null, null);
		if (trusted != null) {
			clients.setCertificateEntry(trusted, store(trusted).getCertificate(trusted));
		}
		trust.init(clients);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		return context;
	}

	private KeyStore store(String name) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(Path.of(file(name, "p12")))) {
			store.load(stream, PASSWORD.toCharArray());
		}
		return store;
	}

	private String file(String name, String kind) {
		return this.directory.resolve(name + "." + kind).toString();
	}

	private static void writePem(String file, String kind, byte[] content) throws IOException {
		String base64 = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		Files.writeString(Path.of(file), "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
	}

}
