package dev.milvusbackup.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import dev.milvusbackup.storage.ObjectChangedException;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException.Kind;
import dev.milvusbackup.storage.s3.FakeS3.Request;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Copies and uploads in parts.
 */
class S3MultipartTest extends S3ServerFixture {

	@Test
	void largeObjectsAreCopiedInConditionalParts() throws IOException {
		byte[] content = random(3 * MIB + 17);
		this.server.buckets().put("bucket", "dir/a", content);
		ObjectStat stat = this.store.stat(KEY).orElseThrow();
		this.server.takeRequests();
		ObjectStat copy = this.store.copy(this.store, stat, new ObjectKey("b"));
		assertThat(this.server.takeRequests()).filteredOn(Request::isCopy)
			.hasSize(4)
			.allSatisfy((request) -> assertThat(request.headers()).containsEntry("x-amz-copy-source-if-match",
					stat.etag()));
		assertThat(copy.etag()).endsWith("-4");
		assertThat(read("b")).isEqualTo(content);
		assertThat(this.server.buckets().openUploads()).isZero();
	}

	@Test
	void onlyAFailedPartIsCopiedAgain() throws IOException {
		byte[] content = random(5 * MIB);
		this.server.buckets().put("bucket", "dir/a", content);
		ObjectStat stat = this.store.stat(KEY).orElseThrow();
		this.server.next(2, (request) -> "2".equals(request.query().get("partNumber")), FakeS3.error(503, "SlowDown"));
		this.store.copy(this.store, stat, new ObjectKey("b"));
		assertThat(read("b")).isEqualTo(content);
		assertThat(this.metrics.copies().sum()).isEqualTo(7);
	}

	@Test
	void aMultipartCopyThatFailsIsAborted() {
		this.server.buckets().put("bucket", "dir/a", random(5 * MIB));
		ObjectStat stat = this.store.stat(KEY).orElseThrow();
		this.server.next(1, (request) -> "4".equals(request.query().get("partNumber")),
				FakeS3.error(403, "AccessDenied"));
		assertThat(failureOf(() -> this.store.copy(this.store, stat, new ObjectKey("b"))).kind())
			.isEqualTo(Kind.CONFIGURATION);
		assertThat(this.server.buckets().openUploads()).isZero();
		assertThat(this.store.stat(new ObjectKey("b"))).isEmpty();
	}

	@Test
	void aMultipartCopyOfAnObjectThatChangesOnTheWayFails() {
		this.server.buckets().put("bucket", "dir/a", random(5 * MIB));
		ObjectStat stat = this.store.stat(KEY).orElseThrow();
		this.server.next(1, (request) -> "3".equals(request.query().get("partNumber")), (exchange, request) -> {
			this.server.buckets().put("bucket", "dir/a", random(5 * MIB + 1));
			return false;
		});
		assertThatExceptionOfType(ObjectChangedException.class)
			.isThrownBy(() -> this.store.copy(this.store, stat, new ObjectKey("b")));
		assertThat(this.server.buckets().openUploads()).isZero();
	}

	@Test
	void aCompletionThatFailsInAnAnswerOfStatus200IsAnErrorAndAborted() {
		this.server.buckets().put("bucket", "dir/a", random(2 * MIB));
		ObjectStat stat = this.store.stat(KEY).orElseThrow();
		this.server.next(1, (request) -> request.method().equals("POST") && request.query().containsKey("uploadId"),
				FakeS3.error(200, "InternalError"));
		assertThat(failureOf(() -> this.store.copy(this.store, stat, new ObjectKey("b"))).kind())
			.isEqualTo(Kind.TRANSIENT);
		assertThat(this.server.buckets().openUploads()).isZero();
	}

	@Test
	void largeContentIsUploadedInParts() throws IOException {
		byte[] content = random(3 * MIB + 1);
		ObjectStat written = this.store.write(KEY, ObjectContent.of(content));
		assertThat(written.etag()).endsWith("-4");
		assertThat(read("dir/a")).isEqualTo(content);
	}

	@Test
	void anUploadWhoseContentBreaksIsAborted() {
		byte[] content = random(3 * MIB);
		AtomicInteger opened = new AtomicInteger();
		ObjectContent broken = new ObjectContent() {
			@Override
			public long bytes() {
				return content.length;
			}

			@Override
			public InputStream open() {
				int end = (opened.getAndIncrement() == 0) ? content.length / 2 : content.length;
				return new ByteArrayInputStream(Arrays.copyOf(content, end));
			}
		};
		assertThat(failureOf(() -> this.store.write(KEY, broken))).hasMessageContaining("bytes were announced");
		assertThat(this.server.buckets().openUploads()).isZero();
		assertThat(this.store.stat(KEY)).isEmpty();
	}

}
