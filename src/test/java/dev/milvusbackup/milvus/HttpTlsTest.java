package dev.milvusbackup.milvus;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.testing.TestCertificates;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceImplBase;
import io.milvus.grpc.ServerInfo;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.milvusbackup.milvus.MilvusTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * REST and the management endpoint behind TLS, with the certificates of gRPC.
 */
class HttpTlsTest {

	private static final CollectionName BOOKS = CollectionName.parse("books");

	@TempDir
	static Path directory;

	private static TestCertificates certificates;

	private Server grpc;

	private HttpsServer http;

	private final List<MilvusChannel> channels = new ArrayList<>();

	@BeforeAll
	static void makeCertificates() throws Exception {
		certificates = new TestCertificates(directory).make("server", "dns:milvus.example,dns:*.milvus.example")
			.make("client", "dns:backup.example");
	}

	@AfterEach
	void close() {
		this.grpc.shutdownNow();
		this.http.stop(0);
		this.channels.forEach(MilvusChannel::close);
	}

	@Test
	void aTrustedServerIsUsed() throws Exception {
		start(false);
		try (Milvus milvus = connect(1, "server", "milvus.example", null)) {
			assertThat(milvus.bulkImport().jobs(BOOKS)).extracting(BulkImport.ImportJob::id).containsExactly(7L);
			assertThat(milvus.segmentLogs().describe(BOOKS, 1, List.of(5L))).containsOnlyKeys(5L);
			assertThat(milvus.garbageCollection().pause(0, Duration.ofSeconds(5))).isEqualTo("ticket-1");
		}
	}

	@Test
	void aStarInTheCertificateStandsForOneLabel() throws Exception {
		start(false);
		try (Milvus milvus = connect(1, "server", "a.milvus.example", null)) {
			assertThat(milvus.bulkImport().jobs(BOOKS)).hasSize(1);
		}
	}

	@Test
	void aServerOfAnotherNameIsNotUsed() throws Exception {
		start(false);
		for (String name : List.of("other.example", "a.b.milvus.example", "example")) {
			assertRefused(1, "server", name, null, "not for '" + name + "'");
		}
		assertRefused(1, "server", "", null, "127.0.0.1");
	}

	@Test
	void aServerThatNobodyVouchesForIsNotUsed() throws Exception {
		start(false);
		assertRefused(1, "client", "milvus.example", null, "PKIX path");
		assertRefused(1, null, "milvus.example", null, "PKIX path");
	}

	@Test
	void mutualTlsShowsTheClientsCertificate() throws Exception {
		start(true);
		try (Milvus milvus = connect(2, "server", "milvus.example", "client")) {
			assertThat(milvus.bulkImport().jobs(BOOKS)).hasSize(1);
			assertThat(milvus.garbageCollection().pause(0, Duration.ofSeconds(5))).isEqualTo("ticket-1");
		}
		RestCalls without = calls(1, "server", "milvus.example", null);
		assertFails(Kind.UNAVAILABLE, () -> without.send("ask", "/v2/vectordb/jobs/import/list", Map.of()))
			.hasMessageContaining("https://127.0.0.1:");
	}

	@Test
	void aFileThatIsNoCertificateIsNamed() throws Exception {
		start(false);
		Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "not a certificate");
		RestCalls calls = calls(properties(1, nonsense.toString(), "milvus.example", null));
		assertFails(Kind.DENIED, () -> calls.send("ask", "/v2", Map.of())).hasMessageContaining("nonsense.pem");
		RestCalls missing = calls(properties(1, "/nowhere/ca.pem", "milvus.example", null));
		assertFails(Kind.DENIED, () -> missing.send("ask", "/v2", Map.of()))
			.hasMessageContaining("'/nowhere/ca.pem' cannot be read");
	}

	private void assertRefused(int mode, @Nullable String trusted, String name, @Nullable String client, String why) {
		RestCalls calls = calls(mode, trusted, name, client);
		assertFails(Kind.UNAVAILABLE, () -> calls.send("ask", "/v2/vectordb/jobs/import/list", Map.of()))
			.hasMessageContaining("no secure connection to Milvus 'https://127.0.0.1:")
			.hasMessageContaining(why);
	}

	private RestCalls calls(int mode, @Nullable String trusted, String name, @Nullable String client) {
		return calls(properties(mode, (trusted != null) ? certificates.certificate(trusted) : null, name, client));
	}

	private RestCalls calls(MilvusProperties properties) {
		CallLimits limits = new CallLimits(Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(3),
				Duration.ofMillis(100));
		MilvusChannel channel = new MilvusChannel(plain());
		this.channels.add(channel);
		return new RestCalls(properties,
				new MilvusCalls(channel, limits, MilvusFeatures.of(List.of("2.6.11")), new CallFailures("here")));
	}

	private static MilvusProperties plain() {
		return new MilvusProperties("127.0.0.1", 1, "", "", 0, null, null, null, null, "");
	}

	private Milvus connect(int mode, String trusted, String name, @Nullable String client) {
		return new DefaultMilvusConnector(MilvusTest.LIMITS)
			.connect(properties(mode, certificates.certificate(trusted), name, client));
	}

	private MilvusProperties properties(int mode, @Nullable String trusted, String name, @Nullable String client) {
		String url = "https://127.0.0.1:" + this.http.getAddress().getPort();
		return new MilvusProperties("127.0.0.1", this.grpc.getPort(), "", "", mode, trusted, name,
				(client != null) ? certificates.certificate(client) : null,
				(client != null) ? certificates.key(client) : null, url, url);
	}

	private void start(boolean clientsNeedCertificates) throws Exception {
		this.grpc = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
			.sslContext(GrpcSslContexts
				.forServer(new File(certificates.certificate("server")), new File(certificates.key("server")))
				.trustManager(new File(certificates.certificate("client")))
				.build())
			.addService(new MilvusServiceImplBase() {
				@Override
				public void connect(ConnectRequest request, StreamObserver<ConnectResponse> observer) {
					observer.onNext(ConnectResponse.newBuilder()
						.setServerInfo(ServerInfo.newBuilder().setBuildTags("v2.6.11"))
						.build());
					observer.onCompleted();
				}
			})
			.build()
			.start();
		this.http = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		SSLContext context = certificates.context("server", "client");
		this.http.setHttpsConfigurator(new HttpsConfigurator(context) {
			@Override
			public void configure(HttpsParameters parameters) {
				SSLParameters ssl = context.getDefaultSSLParameters();
				ssl.setNeedClientAuth(clientsNeedCertificates);
				parameters.setSSLParameters(ssl);
			}
		});
		answer("/v2/vectordb/jobs/import/list",
				"{\"code\":0,\"data\":{\"records\":[{\"jobId\":\"7\",\"state\":\"Completed\"}]}}");
		answer("/v2/vectordb/segments/describe", "{\"code\":0,\"data\":{\"segmentInfos\":[{\"segmentID\":5}]}}");
		answer("/management/datacoord/garbage_collection/pause", "{\"msg\":\"OK\",\"ticket\":\"ticket-1\"}");
		this.http.start();
	}

	private void answer(String path, String body) {
		this.http.createContext(path, (exchange) -> send(exchange, body));
	}

	private static void send(HttpExchange exchange, String body) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

}
