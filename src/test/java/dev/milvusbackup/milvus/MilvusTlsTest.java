package dev.milvusbackup.milvus;

import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.Path;

import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.testing.TestCertificates;
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

	@TempDir
	static Path directory;

	private static TestCertificates certificates;

	private Server server;

	@BeforeAll
	static void makeCertificates() throws Exception {
		certificates = new TestCertificates(directory).make("server", "dns:milvus.example")
			.make("client", "dns:backup.example");
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
				(trusted != null) ? certificates.certificate(trusted) : null, serverName,
				(client != null) ? certificates.certificate(client) : null,
				(client != null) ? certificates.key(client) : null, "");
		try (Milvus milvus = new DefaultMilvusConnector(MilvusTest.LIMITS).connect(properties)) {
			return milvus.catalog().version();
		}
	}

	private void start(ClientAuth clients) throws Exception {
		this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
			.sslContext(GrpcSslContexts
				.forServer(new File(certificates.certificate("server")), new File(certificates.key("server")))
				.trustManager(new File(certificates.certificate("client")))
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

}
