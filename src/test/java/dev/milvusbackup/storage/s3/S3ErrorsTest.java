package dev.milvusbackup.storage.s3;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.RetryingObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageException.Kind;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.s3.FakeS3.Answer;
import dev.milvusbackup.storage.s3.FakeS3.Request;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How the server's and the network's failures are told.
 */
class S3ErrorsTest extends S3ServerFixture {

	@ParameterizedTest
	@CsvSource({ "503,SlowDown,TRANSIENT", "503,ServiceUnavailable,TRANSIENT", "500,InternalError,TRANSIENT",
			"503,SomethingNew,TRANSIENT", "429,TooManyRequests,TRANSIENT", "400,RequestTimeout,TRANSIENT",
			"403,AccessDenied,CONFIGURATION", "403,InvalidAccessKeyId,CONFIGURATION",
			"403,SignatureDoesNotMatch,CONFIGURATION", "400,ExpiredToken,CONFIGURATION",
			"403,RequestTimeTooSkewed,CONFIGURATION", "404,NoSuchBucket,CONFIGURATION",
			"301,PermanentRedirect,CONFIGURATION", "507,XMinioStorageFull,PERMANENT", "400,InvalidArgument,PERMANENT",
			"501,NotImplemented,PERMANENT" })
	void tellsWhatKindOfErrorItIs(int status, String code, Kind kind) {
		this.server.next(1, (request) -> request.key().equals("dir/a"), FakeS3.error(status, code));
		StorageException failure = failureOf(() -> this.store.read(KEY));
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure).hasMessage("unable to read 's3 http://127.0.0.1:" + this.server.port()
				+ "/bucket/dir/a': scripted " + code + " (" + code + ")");
		if (kind == Kind.CONFIGURATION) {
			assertThat(failure.hint()).isNotBlank();
		}
	}

	@ParameterizedTest
	@CsvSource({ "502,TRANSIENT", "503,TRANSIENT", "404,CONFIGURATION", "403,CONFIGURATION", "400,CONFIGURATION" })
	void errorsOfAProxyAreErrors(int status, Kind kind) {
		this.server.next(1, (request) -> request.key().equals("dir/a"), FakeS3.html(status));
		StorageException failure = failureOf(() -> this.store.read(KEY));
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure).hasMessageEndingWith("HTTP status " + status + " without an S3 error");
	}

	@ParameterizedTest
	@CsvSource({ "503,TRANSIENT", "403,CONFIGURATION" })
	void statWithoutABodyTellsTheKindToo(int status, Kind kind) {
		this.server.next(1, (request) -> request.is("HEAD", "dir/a"), FakeS3.html(status));
		assertThat(failureOf(() -> this.store.stat(KEY)).kind()).isEqualTo(kind);
	}

	@Test
	void nothingIsRetriedHere() {
		put("dir/a", 10);
		this.server.takeRequests();
		this.server.next(1, Request::isCopy, FakeS3.error(503, "SlowDown"));
		ObjectStat stat = this.store.stat(KEY).orElseThrow();
		assertThat(failureOf(() -> this.store.copy(this.store, stat, new ObjectKey("b"))).kind())
			.isEqualTo(Kind.TRANSIENT);
		assertThat(this.server.takeRequests()).filteredOn(Request::isCopy).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "503,TRANSIENT", "403,CONFIGURATION", "400,PERMANENT" })
	void aCopyThatIsRefusedWithoutAReasonIsAnErrorOfItsStatus(int status, Kind kind) {
		ObjectStat stat = put("dir/a", 10);
		this.server.next(1, Request::isCopy, FakeS3.silent(status));
		StorageException failure = failureOf(() -> this.store.copy(this.store, stat, new ObjectKey("b")));
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure).hasMessageEndingWith("HTTP status " + status);
	}

	@Test
	void aSilentServerIsATransientError() {
		ObjectStore impatient = impatient();
		ObjectStat stat = put("dir/a", 10);
		this.server.next(1, Request::isList, this.server.hang());
		assertThat(failureOf(() -> impatient.directories(ObjectPrefix.ROOT)).kind()).isEqualTo(Kind.TRANSIENT);
		this.server.next(1, Request::isCopy, this.server.hang());
		assertThat(failureOf(() -> impatient.copy(this.store, stat, new ObjectKey("b"))).kind())
			.isEqualTo(Kind.TRANSIENT);
	}

	@Test
	void nobodyListeningIsATransientError() {
		this.server.close();
		StorageException failure = failureOf(() -> list(""));
		assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
		assertThat(failure.hint()).contains("reached");
	}

	@Test
	void anInterruptEndsACallAtOnceAndIsKept() {
		this.server.next(1, Request::isList, this.server.late(100_000));
		AtomicReference<StorageException> failure = new AtomicReference<>();
		AtomicReference<Boolean> kept = new AtomicReference<>();
		ObjectStore patient = new RetryingObjectStore(
				S3ObjectStore.open(properties("bucket"), this.metrics, new Retries(QUICK)), new Retries(QUICK));
		closedLater(patient);
		Thread caller = new Thread(() -> {
			failure.set(failureOf(() -> patient.directories(ObjectPrefix.ROOT)));
			kept.set(Thread.currentThread().isInterrupted());
		});
		caller.start();
		Awaitility.await().until(() -> !this.server.takeRequests().isEmpty());
		caller.interrupt();
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !caller.isAlive());
		assertThat(failure.get()).hasMessageContaining("interrupted");
		assertThat(kept.get()).isTrue();
	}

	@Test
	void aMissingBucketIsNamedByEveryCall() {
		ObjectStore missing = open(properties("no-such-bucket"));
		List<ThrowingCallable> calls = List.of(() -> missing.list(ObjectPrefix.ROOT).toList(),
				() -> missing.directories(ObjectPrefix.ROOT), () -> missing.stat(KEY), () -> missing.read(KEY),
				() -> missing.write(KEY, ObjectContent.of(new byte[1])), () -> missing.delete(List.of(KEY)),
				() -> missing.copy(this.store, put("dir/a", 1), KEY));
		for (ThrowingCallable call : calls) {
			StorageException failure = failureOf(call);
			assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
			assertThat(failure).hasMessageContaining("no-such-bucket");
			assertThat(failure.hint()).contains("bucket name");
		}
	}

	@Test
	void statInAMissingBucketIsNotAMissingObject() {
		StorageProperties properties = withRegion("no-such-bucket", "us-east-1");
		ObjectStore missing = open(properties);
		assertThat(failureOf(() -> missing.stat(KEY)).kind()).isEqualTo(Kind.CONFIGURATION);
	}

	@Test
	void errorsOfSingleKeysFailADeletion() {
		String answer = "<DeleteResult>%s</DeleteResult>";
		String error = "<Error><Key>%s</Key><Code>%s</Code><Message>no</Message></Error>";
		assertThat(deletionAnswered(answer.formatted(error.formatted("dir/a", "AccessDenied"))).kind())
			.isEqualTo(Kind.CONFIGURATION);
		assertThat(deletionAnswered(answer.formatted(error.formatted("dir/a", "SlowDown"))).kind())
			.isEqualTo(Kind.TRANSIENT);
		StorageException mixed = deletionAnswered(
				answer.formatted(error.formatted("dir/a", "SlowDown") + error.formatted("dir/b", "AccessDenied")));
		assertThat(mixed.kind()).isEqualTo(Kind.PERMANENT);
		assertThat(mixed).hasMessageContaining("unable to delete 2 of 2 objects")
			.hasMessageContaining("'dir/b': no (AccessDenied)");
	}

	private StorageException deletionAnswered(String xml) {
		this.server.next(1, (request) -> request.query().containsKey("delete"), (exchange, request) -> {
			exchange.getRequestBody().readAllBytes();
			FakeS3.send(exchange, Answer.xml(200, xml));
			return true;
		});
		return failureOf(() -> this.store.delete(List.of(KEY, new ObjectKey("dir/b"))));
	}

	@Test
	void noSecretIsTold() {
		StorageProperties properties = new StorageProperties("s3", "127.0.0.1", this.server.port(), null, false,
				"bucket", "", null, "the-access-key", "the-secret-key", "the-session-token", 4, 2 * MIB);
		ObjectStore secretive = open(properties);
		this.server.next(Integer.MAX_VALUE, (request) -> true, FakeS3.error(403, "AccessDenied"));
		StringWriter trace = new StringWriter();
		failureOf(() -> secretive.read(KEY)).printStackTrace(new PrintWriter(trace));
		assertThat(this.server.takeRequests())
			.anyMatch((request) -> "the-session-token".equals(request.headers().get("x-amz-security-token")));
		assertThat(trace.toString() + secretive + properties).doesNotContain("the-access-key", "the-secret-key",
				"the-session-token");
	}

	@Test
	void aMissingSourceBucketOfACopyIsAnErrorOfConfiguration() {
		ObjectStore missing = open(properties("gone"));
		assertThatExceptionOfType(ObjectNotFoundException.class)
			.isThrownBy(() -> this.store.copy(this.store, new ObjectStat(KEY, 1, "00"), new ObjectKey("b")));
		this.server.next(1, Request::isCopy, FakeS3.error(404, "NoSuchBucket"));
		assertThat(failureOf(() -> this.store.copy(missing, new ObjectStat(KEY, 1, "00"), new ObjectKey("b"))).kind())
			.isEqualTo(Kind.CONFIGURATION);
	}

}
