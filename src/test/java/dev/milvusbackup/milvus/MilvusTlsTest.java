package dev.milvusbackup.milvus;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException.Kind;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceImplBase;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.milvus.shaded.io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.milvusbackup.milvus.MilvusTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

class MilvusTlsTest {

	private static final String PASSWORD = "changeit";

	@TempDir
	static Path directory;

	private Server server;

	@BeforeAll
	static void makeCertificates() throws Exception {
		makeCertificate("server", "milvus.example");
		makeCertificate("client", "backup.example");
	}

	@AfterEach
	void close() {
		this.server.shutdownNow();
	}

	@Test
	void aTrustedServerIsUsed() throws Exception {
		start(ClientAuth.NONE);
		assertThat(version(1, "server", "milvus.example", null)).isEqualTo("v2.3.5");
	}

	@Test
	void aServerOfAnotherNameIsNotUsed() throws Exception {
		start(ClientAuth.NONE);
		assertFails(Kind.UNAVAILABLE, () -> version(1, "server", "other.example", null));
	}

	@Test
	void aServerThatNobodyVouchesForIsNotUsed() throws Exception {
		start(ClientAuth.NONE);
		assertFails(Kind.UNAVAILABLE, () -> version(1, "client", "milvus.example", null));
		assertFails(Kind.UNAVAILABLE, () -> version(1, null, "milvus.example", null));
	}

	@Test
	void mutualTlsShowsTheClientsCertificate() throws Exception {
		start(ClientAuth.REQUIRE);
		assertThat(version(2, "server", "milvus.example", "client")).isEqualTo("v2.3.5");
		assertFails(Kind.UNAVAILABLE, () -> version(1, "server", "milvus.example", null));
	}

	private String version(int mode, @Nullable String trusted, String serverName, @Nullable String client) {
		MilvusProperties properties = new MilvusProperties("127.0.0.1", this.server.getPort(), "", "", mode,
				(trusted != null) ? file(trusted, "pem") : null, serverName,
				(client != null) ? file(client, "pem") : null, (client != null) ? file(client, "key") : null, "");
		try (Milvus milvus = new DefaultMilvusConnector(MilvusTest.LIMITS).connect(properties)) {
			return milvus.catalog().version();
		}
	}

	private void start(ClientAuth clients) throws Exception {
		this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
			.sslContext(GrpcSslContexts
				.forServer(Path.of(file("server", "pem")).toFile(), Path.of(file("server", "key")).toFile())
				.trustManager(Path.of(file("client", "pem")).toFile())
				.clientAuth(clients)
				.build())
			.addService(new MilvusServiceImplBase() {
				@Override
				public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
					observer.onNext(GetVersionResponse.newBuilder().setVersion("v2.3.5").build());
					observer.onCompleted();
				}
			})
			.build()
			.start();
	}

	private static String file(String name, String kind) {
		return directory.resolve(name + "." + kind).toString();
	}

	private static void makeCertificate(String name, String host) throws Exception {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "san=dns:" + host,
				"-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file(name, "p12"))
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve(name + ".log").toFile())
			.start();
		assertThat(keytool.waitFor()).as(Files.readString(directory.resolve(name + ".log"))).isZero();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(Path.of(file(name, "p12")))) {
			store.load(stream, PASSWORD.toCharArray());
		}
		writePem(file(name, "pem"), "CERTIFICATE", store.getCertificate(name).getEncoded());
		writePem(file(name, "key"), "PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded());
	}

	private static void writePem(String file, String kind, byte[] content) throws Exception {
		String base64 = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		Files.writeString(Path.of(file), "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
	}

}
