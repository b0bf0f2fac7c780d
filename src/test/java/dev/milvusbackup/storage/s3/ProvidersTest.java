package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is special about single providers.
 */
class ProvidersTest extends S3ServerFixture {

	@Test
	void googleIsAskedForItsRegionAndNeverForACopyInParts() throws IOException {
		ObjectStore google = standard(properties("gcp", "key", null));
		this.server.buckets().put("bucket", KEY.value(), random(3 * MIB));
		this.server.takeRequests();
		ObjectStat stat = google.stat(KEY).orElseThrow();
		google.copy(google, stat, new ObjectKey("dir/b"));
		google.write(new ObjectKey("dir/c"), ObjectContent.of(random(10)));
		assertThat(read("dir/b")).isEqualTo(random(3 * MIB));
		google.delete(List.of(KEY, new ObjectKey("dir/c")));
		assertThat(list("dir/")).containsExactly("dir/b");
		List<FakeS3.Request> asked = this.server.takeRequests()
			.stream()
			.filter((request) -> request.headers().getOrDefault("authorization", "").contains("/auto/s3/aws4_request"))
			.toList();
		assertThat(asked).hasSize(4).noneMatch((request) -> request.query().containsKey("uploadId"));
		assertThat(asked).filteredOn(FakeS3.Request::isCopy).hasSize(1);
	}

	@Test
	void theKeysOfARoleAreAskedForOnceAndSignTheRequests() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		HttpServer metadata = metadata((exchange) -> {
			asked.incrementAndGet();
			return ROLE.get(exchange.getRequestURI().getPath());
		});
		try {
			ObjectStore store = standard(properties("s3", null, endpoint(metadata)));
			store.write(KEY, ObjectContent.of(random(10)));
			assertThat(store.stat(KEY)).isPresent();
			assertThat(this.server.takeRequests()).filteredOn((request) -> request.key().equals(KEY.value()))
				.hasSize(2)
				.allSatisfy((request) -> {
					assertThat(request.headers().get("authorization")).contains("Credential=of-the-role/");
					assertThat(request.headers()).containsEntry("x-amz-security-token", "session");
				});
			assertThat(asked).hasValue(ROLE.size());
		}
		finally {
			metadata.stop(0);
		}
	}

	@Test
	void withoutARoleTheErrorSaysSo() throws IOException {
		HttpServer metadata = metadata((exchange) -> null);
		try {
			ObjectStore store = standard(properties("s3", null, endpoint(metadata)));
			StorageException failure = failureOf(() -> store.stat(KEY));
			assertThat(failure.kind()).isEqualTo(StorageException.Kind.CONFIGURATION);
			assertThat(failure).hasMessageContaining("there are no temporary keys");
			assertThat(failure.hint()).contains("role");
			assertThat(this.server.takeRequests()).noneMatch((request) -> request.key().equals(KEY.value()));
		}
		finally {
			metadata.stop(0);
		}
	}

	@Test
	void aMetadataServiceThatDoesNotAnswerIsWorthAnotherTry() {
		ObjectStore store = standard(properties("s3", null, "http://127.0.0.1:1"));
		StorageException failure = failureOf(() -> store.stat(KEY));
		assertThat(failure.kind()).isEqualTo(StorageException.Kind.TRANSIENT);
		assertThat(failure).hasMessageContaining("there are no temporary keys");
	}

	private static final Map<String, String> ROLE = Map.of("/latest/api/token", "token",
			"/latest/meta-data/iam/security-credentials/", "backup-role",
			"/latest/meta-data/iam/security-credentials/backup-role", """
					{"Code": "Success", "AccessKeyId": "of-the-role", "SecretAccessKey": "secret",
					 "Token": "session", "Expiration": "2099-01-01T00:00:00Z"}""");

	private ObjectStore standard(StorageProperties properties) {
		return closedLater(S3ObjectStore.open(properties, this.metrics, new Retries(QUICK)));
	}

	private StorageProperties properties(String provider, @Nullable String key, @Nullable String role) {
		return new StorageProperties(provider, "127.0.0.1", this.server.port(), (role != null) ? "region-1" : null,
				false, "bucket", "", null, key, key, null, 4, 2 * MIB, null,
				(role != null) ? new StorageProperties.Iam(role) : null);
	}

	private static String endpoint(HttpServer server) {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	private static HttpServer metadata(Answering answering) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			String answer = answering.answer(exchange);
			byte[] body = ((answer != null) ? answer : "none").getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders((answer != null) ? 200 : 404, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		return server;
	}

	/**
	 * What a path holds, null for nothing.
	 */
	private interface Answering {

		@Nullable String answer(HttpExchange exchange);

	}

}
