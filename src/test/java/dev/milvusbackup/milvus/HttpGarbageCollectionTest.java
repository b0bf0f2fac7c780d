package dev.milvusbackup.milvus;

import java.time.Duration;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HttpGarbageCollectionTest {

	private final FakeMilvus server = FakeMilvus.start("2.4.0", new MemoryObjectStore(), ObjectPrefix.ROOT);

	private final GarbageCollection garbageCollection = new HttpGarbageCollection(
			endpoint(this.server.management().endpoint()), false);

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void aPauseLastsAsLongAsAskedAndCanBeProlonged() {
		this.garbageCollection.pause(0, Duration.ofSeconds(100));
		assertThat(this.server.management().remainingPause()).isBetween(Duration.ofSeconds(90),
				Duration.ofSeconds(100));
		this.garbageCollection.pause(0, Duration.ofSeconds(300));
		assertThat(this.server.management().remainingPause()).isGreaterThan(Duration.ofSeconds(280));
		assertThat(this.server.management().pauses()).isEqualTo(2);
	}

	@Test
	void resumingEndsThePause() {
		this.garbageCollection.pause(0, Duration.ofSeconds(100));
		assertThat(this.server.management().isPaused()).isTrue();
		this.garbageCollection.resume("");
		assertThat(this.server.management().isPaused()).isFalse();
	}

	@Test
	void aServerWithoutTheEndpointIsUnsupported() {
		try (FakeMilvus old = FakeMilvus.start("2.3.5", new MemoryObjectStore(), ObjectPrefix.ROOT)) {
			GarbageCollection missing = new HttpGarbageCollection(endpoint(old.management().endpoint()), false);
			MilvusTest.assertFails(Kind.UNSUPPORTED, () -> missing.pause(0, Duration.ofSeconds(1)));
			MilvusTest.assertFails(Kind.UNSUPPORTED, () -> missing.resume(""));
		}
	}

	@Test
	void anErrorAnswerIsAFailure() {
		this.server.management().answerWith(500, "{\"msg\": \"failed to pause garbage collection\"}");
		MilvusTest.assertFails(Kind.REFUSED, () -> this.garbageCollection.pause(0, Duration.ofSeconds(1)))
			.hasMessageContaining("HTTP 500")
			.hasMessageContaining(this.server.management().endpoint());
		this.server.management().answerWith(503, "");
		MilvusTest.assertFails(Kind.UNAVAILABLE, () -> this.garbageCollection.resume(""));
	}

	@Test
	void anAnswerThatDoesNotConfirmIsAFailure() {
		for (String body : new String[] { "{\"msg\": \"not now\"}", "{}", "<html>a proxy</html>", "" }) {
			this.server.management().answerWith(200, body);
			MilvusTest.assertFails(Kind.REFUSED, () -> this.garbageCollection.pause(0, Duration.ofSeconds(1)));
		}
	}

	@Test
	void aServerThatIsDownIsUnavailable() {
		this.server.management().close();
		MilvusTest.assertFails(Kind.UNAVAILABLE, () -> this.garbageCollection.resume(""));
	}

	@Test
	void anAddressThatIsNoUrlIsRefused() {
		MilvusTest.assertFails(Kind.REFUSED,
				() -> new HttpGarbageCollection(endpoint("milvus 9091"), false).resume(""));
	}

	private static ManagementEndpoint endpoint(String url) {
		MilvusProperties properties = new MilvusProperties("127.0.0.1", 19530, "", "", 0, null, null, null, null, url);
		return new ManagementEndpoint(new MilvusHttp(url, properties));
	}

}
