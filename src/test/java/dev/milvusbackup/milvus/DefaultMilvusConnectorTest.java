package dev.milvusbackup.milvus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.testing.milvus.FakeCollection;
import io.milvus.shaded.io.grpc.Status.Code;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DefaultMilvusConnectorTest extends MilvusTest {

	@Test
	void connectingTellsTheVersion() {
		assertThat(milvus().catalog().version()).isEqualTo("v2.3.5");
	}

	@Test
	void aServerWithoutConnectTellsItsVersionOtherwise() {
		this.server.faults().fail("Connect", Code.UNIMPLEMENTED);
		assertThat(milvus().catalog().version()).isEqualTo("v2.3.5");
		assertThat(this.server.faults().calls("GetVersion")).isOne();
	}

	@Test
	void aDeadPortFailsSoonWithTheServersName() {
		MilvusProperties properties = this.server.properties();
		this.server.stop();
		long start = System.nanoTime();
		assertFails(Kind.UNAVAILABLE, () -> new DefaultMilvusConnector().connect(properties))
			.hasMessageStartingWith("unable to reach Milvus '127.0.0.1:" + properties.port() + "': ")
			.hasMessageContaining("Connection refused");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void anUnknownHostIsUnavailable() {
		MilvusProperties properties = new MilvusProperties("no-such-host.invalid", 19530, "", "", 0, null, null, null,
				null, "http://localhost:9091");
		assertFails(Kind.UNAVAILABLE, () -> new DefaultMilvusConnector(LIMITS).connect(properties))
			.hasMessageContaining("no-such-host.invalid");
	}

	@Test
	void aServerThatDoesNotAnswerIsGivenUp() {
		this.server.faults().hang("Connect").hang("Connect");
		CallLimits limits = new CallLimits(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofSeconds(1),
				Duration.ofSeconds(1));
		assertFails(Kind.UNAVAILABLE, () -> new DefaultMilvusConnector(limits).connect(this.server.properties()))
			.hasMessageContaining("does not answer");
	}

	@Test
	void aWrongPasswordIsDeniedAndNotShown() {
		this.server.requireCredentials("root", "right");
		MilvusProperties open = this.server.properties();
		MilvusProperties wrong = new MilvusProperties(open.address(), open.port(), "root", "wr0ng", 0, null, null, null,
				null, open.managementEndpoint());
		MilvusException denied = catchThrowableOfType(MilvusException.class,
				() -> new DefaultMilvusConnector(LIMITS).connect(wrong));
		assertThat(denied.kind()).isEqualTo(Kind.DENIED);
		assertThat(denied.getMessage() + denied.hint() + denied.getCause()).doesNotContain("wr0ng");
		MilvusProperties right = new MilvusProperties(open.address(), open.port(), "root", "right", 0, null, null, null,
				null, open.managementEndpoint());
		try (Milvus milvus = new DefaultMilvusConnector(LIMITS).connect(right)) {
			assertThat(milvus.catalog().databases()).isNotEmpty();
		}
	}

	@Test
	void aServerWithoutTlsIsNotTakenForOneWithTls() {
		MilvusProperties open = this.server.properties();
		MilvusProperties secured = new MilvusProperties(open.address(), open.port(), "", "", 1, null, "milvus.example",
				null, null, open.managementEndpoint());
		assertFails(Kind.UNAVAILABLE, () -> new DefaultMilvusConnector(LIMITS).connect(secured));
	}

	@Test
	void certificatesThatCannotBeUsedAreNamed(@TempDir Path directory) throws Exception {
		Path certificate = Files.writeString(directory.resolve("ca.pem"), "nonsense");
		MilvusProperties noCa = new MilvusProperties("localhost", 1, "", "", 1, certificate.toString(), null, null,
				null, "");
		assertFails(Kind.DENIED, () -> new DefaultMilvusConnector(LIMITS).connect(noCa)).hasMessageContaining("ca.pem");
		MilvusProperties noClient = new MilvusProperties("localhost", 1, "", "", 2, null, null, null, null, "");
		assertFails(Kind.DENIED, () -> new DefaultMilvusConnector(LIMITS).connect(noClient))
			.hasMessageContaining("mutual TLS needs a client certificate");
	}

	@Test
	void passingFailuresAreRepeated() {
		this.server.faults()
			.unavailable("ShowCollections")
			.fail("ShowCollections", Code.RESOURCE_EXHAUSTED)
			.throttled("ShowCollections");
		assertThat(milvus().catalog().collections("default")).isEmpty();
		assertThat(this.server.faults().calls("ShowCollections")).isEqualTo(4);
	}

	@Test
	void aServerThatIsNotReadyIsAskedAgain() {
		this.server.faults().refused("ShowCollections", 2, "service unavailable");
		assertThat(milvus().catalog().collections("default")).isEmpty();
	}

	@Test
	void refusalsAreNotRepeated() {
		this.server.faults().refused("ShowCollections", 65535, "no");
		assertFails(Kind.REFUSED, () -> milvus().catalog().collections("default"))
			.hasMessage("unable to list collections of 'default': no");
		assertThat(this.server.faults().calls("ShowCollections")).isOne();
	}

	@Test
	void repeatingEndsAfterATime() {
		for (int i = 0; i < 50; i++) {
			this.server.faults().throttled("ShowCollections");
		}
		assertFails(Kind.UNAVAILABLE, () -> milvus().catalog().collections("default"))
			.hasMessageContaining("rate limit exceeded");
	}

	@Test
	void aMissingRightIsDenied() {
		this.server.faults().fail("ShowCollections", Code.PERMISSION_DENIED);
		assertFails(Kind.DENIED, () -> milvus().catalog().collections("default"));
		this.server.faults().refused("ShowCollections", 1401, "privilege not permitted");
		assertFails(Kind.DENIED, () -> milvus().catalog().collections("default"));
	}

	@Test
	void aServerThatComesBackIsUsedAgain() {
		FakeCollection collection = this.server.collection("books");
		milvus();
		this.server.restart();
		assertThat(milvus().catalog().collections("default")).containsExactly(collection.name());
	}

	@Test
	void interruptingEndsAWaitAndKeepsTheFlag() {
		this.server.faults().hang("ShowCollections");
		milvus();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			assertFails(Kind.UNAVAILABLE, () -> milvus().catalog().collections("default"));
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		caller.start();
		Awaitility.await().until(() -> this.server.faults().calls("ShowCollections") == 1);
		caller.interrupt();
		assertThat(interrupted).succeedsWithin(Duration.ofSeconds(2)).isEqualTo(true);
	}

	@Test
	void anotherDatabaseOfAServerWithoutDatabasesIsUnsupported() {
		serverOf("2.2.8");
		assertThat(milvus().catalog().collections("default")).isEmpty();
		assertFails(Kind.UNSUPPORTED, () -> milvus().catalog().collections("shop"))
			.hasMessageContaining("2.2.8 has no databases");
		assertThat(this.server.faults().calls("ShowCollections")).isOne();
	}

}
