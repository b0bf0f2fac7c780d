package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.milvusbackup.storage.ObjectChangedException;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageException.Kind;
import dev.milvusbackup.storage.s3.FakeS3.Answer;
import dev.milvusbackup.storage.s3.FakeS3.Request;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Copies, streams and buckets on a server that has its faults.
 */
class S3TransferTest extends S3ServerFixture {

	@Test
	void copyIsOneConditionalRequest() {
		ObjectStat stat = put("dir/a", 10);
		this.server.takeRequests();
		this.store.copy(this.store, stat, new ObjectKey("b"));
		assertThat(this.server.takeRequests()).singleElement().satisfies((request) -> {
			assertThat(request.headers()).containsEntry("x-amz-copy-source-if-match", stat.etag());
		});
	}

	@Test
	void copyThatFailsInAnAnswerOfStatus200IsAnError() {
		ObjectStat stat = put("dir/a", 10);
		this.server.next(1, Request::isCopy, FakeS3.error(200, "InternalError"));
		StorageException failure = failureOf(() -> this.store.copy(this.store, stat, new ObjectKey("b")));
		assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
		assertThat(failure).hasMessageContaining("InternalError");
	}

	@Test
	void copyOfAnOverwrittenObjectIsRefused() {
		ObjectStat stat = put("dir/a", 10);
		this.server.buckets().put("bucket", "dir/a", new byte[10]);
		assertThatExceptionOfType(ObjectChangedException.class)
			.isThrownBy(() -> this.store.copy(this.store, stat, new ObjectKey("b")));
	}

	@Test
	void aCutStreamEndsInAnError() throws IOException {
		put("dir/a", 100_000);
		this.server.next(1, (request) -> request.is("GET", "dir/a"), this.server.cutAfter(50_000));
		try (InputStream in = this.store.read(KEY)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
		}
	}

	@Test
	void aStreamThatStopsFlowingEndsInAnError() throws IOException {
		put("dir/a", 100_000);
		this.server.next(1, (request) -> request.is("GET", "dir/a"), (exchange, request) -> {
			this.server.cutAfter(50_000).misbehave(exchange, request);
			return this.server.hang().misbehave(exchange, request);
		});
		try (InputStream in = impatient().read(KEY)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
		}
	}

	@Test
	void bytesThatArriveDamagedAreNoticed() {
		this.server.next(1, (request) -> request.method().equals("PUT"), (exchange, request) -> {
			exchange.getRequestBody().readAllBytes();
			FakeS3.send(exchange, this.server.buckets().answer(request, "damaged".getBytes()));
			return true;
		});
		StorageException failure = failureOf(() -> this.store.write(KEY, ObjectContent.of(new byte[7])));
		assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
		assertThat(failure).hasMessageContaining("MD5");
	}

	@Test
	void asManyRequestsRunAtOnceAsConfigured() throws Exception {
		ObjectStat stat = put("dir/a", 10);
		this.server.next(Integer.MAX_VALUE, Request::isCopy, this.server.late(100));
		ExecutorService threads = Executors.newFixedThreadPool(64);
		try {
			List<Future<?>> copies = new ArrayList<>();
			for (int i = 0; i < 128; i++) {
				ObjectKey target = new ObjectKey("copy/" + i);
				copies.add(threads.submit(() -> this.store.copy(this.store, stat, target)));
			}
			for (Future<?> copy : copies) {
				copy.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.server.mostInFlight()).isBetween(20, 32);
	}

	@Test
	void requestsAndBytesAreCounted() throws IOException {
		ObjectStat stat = this.store.write(KEY, ObjectContent.of(random(100)));
		this.store.copy(this.store, stat, new ObjectKey("b"));
		read("b");
		this.store.stat(KEY);
		list("");
		this.store.delete(List.of(KEY, new ObjectKey("b")));
		assertThat(this.metrics.toString()).isEqualTo("list=1 stat=1 get=1 put=1 copy=1 delete=1 other=1 bytesRead=100 "
				+ "bytesWritten=100 bytesCopied=100");
	}

	@Test
	void openOrCreateMakesTheBucketAndRepeatsWhatFails() {
		this.server.next(2, (request) -> request.bucket().equals("new-bucket"), FakeS3.error(503, "SlowDown"));
		closedLater(S3ObjectStore.openOrCreate(properties("new-bucket"), this.metrics, new Retries(QUICK)));
		assertThat(this.server.buckets().exists("new-bucket")).isTrue();
	}

	@Test
	void openOrCreateAcceptsThatAnotherProcessWasFaster() {
		this.server.next(1, (request) -> request.method().equals("PUT"),
				this.server.doneBut(Answer.error(409, "BucketAlreadyOwnedByYou")));
		closedLater(S3ObjectStore.openOrCreate(properties("new-bucket"), this.metrics, new Retries(QUICK)));
		assertThat(this.server.buckets().exists("new-bucket")).isTrue();
	}

	@Test
	void openOrCreateTellsWhyTheBucketCannotBeMade() {
		this.server.next(1, (request) -> request.method().equals("PUT"), FakeS3.error(403, "AccessDenied"));
		StorageException failure = failureOf(
				() -> S3ObjectStore.openOrCreate(properties("new-bucket"), this.metrics, new Retries(QUICK)));
		assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
		assertThat(failure).hasMessageContaining("create bucket").hasMessageContaining("AccessDenied");
	}

}
