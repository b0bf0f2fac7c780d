package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.milvusbackup.milvus.BulkImport.ImportJob;
import dev.milvusbackup.milvus.BulkImport.ImportJob.State;
import dev.milvusbackup.milvus.BulkImport.ImportRequest;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeImports.LoadedSegment;
import dev.milvusbackup.testing.milvus.FakeSegment;
import io.milvus.shaded.io.grpc.Status.Code;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class GrpcBulkImportTest extends MilvusTest {

	private FakeCollection target;

	private ImportRequest request;

	@BeforeEach
	void prepare() {
		prepare(this.server.collection("source"));
	}

	private void prepare(FakeCollection source) {
		FakeSegment segment = source.insertSegment("_default", 20, 3);
		String path = source.id() + "/" + segment.partitionId() + "/" + segment.id() + "/";
		this.target = this.server.collection("shop.target");
		this.request = new ImportRequest(this.target.name(), "_default",
				List.of("files/insert_log/" + path, "files/delta_log/" + path));
	}

	@Test
	void aSegmentIsLoadedWithoutItsDeletedRows() {
		long id = milvus().bulkImport().submit(this.request);
		ImportJob job = milvus().bulkImport().job(this.target.name(), id);
		assertThat(job.state()).isEqualTo(State.COMPLETED);
		assertThat(job.rows()).isEqualTo(17);
		assertThat(job.progressPercent()).isEqualTo(100);
		assertThat(job.reason()).isEmpty();
		assertThat(job.collection()).isNull();
		assertThat(job.paths()).isEqualTo(this.request.paths());
		assertThat(this.server.imports().loaded()).extracting(LoadedSegment::rows).containsExactly(17L);
		assertThat(this.target.rows()).isEqualTo(17);
	}

	@Test
	void aJobIsPendingOrRunningUntilItIsDone() {
		this.server.imports().stall(true);
		long id = milvus().bulkImport().submit(this.request);
		ImportJob job = milvus().bulkImport().job(this.target.name(), id);
		assertThat(job.state()).isEqualTo(State.RUNNING);
		assertThat(job.rows()).isZero();
		assertThat(job.progressPercent()).isLessThan(100);
		this.server.imports().stall(false);
		assertThat(milvus().bulkImport().job(this.target.name(), id).state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void aFailedJobTellsItsReason() {
		this.server.imports().failNext("disk is full");
		ImportJob job = milvus().bulkImport().job(this.target.name(), milvus().bulkImport().submit(this.request));
		assertThat(job.state()).isEqualTo(State.FAILED);
		assertThat(job.reason()).contains("disk is full");
		assertThat(this.target.rows()).isZero();
	}

	@Test
	void jobsOfACollectionAreListedWithTheirPaths() {
		ImportRequest noDeletes = new ImportRequest(this.target.name(), "_default",
				List.of(this.request.paths().get(0), ""));
		long id = milvus().bulkImport().submit(noDeletes);
		FakeCollection other = this.server.collection("target");
		milvus().bulkImport().submit(new ImportRequest(other.name(), "_default", this.request.paths()));
		assertThat(milvus().bulkImport().jobs(this.target.name())).singleElement().satisfies((job) -> {
			assertThat(job.id()).isEqualTo(id);
			assertThat(job.collection()).isEqualTo(this.target.name());
			assertThat(job.paths()).isEqualTo(noDeletes.paths());
			assertThat(job.rows()).isEqualTo(20);
			assertThat(job.createdSeconds()).isPositive();
		});
	}

	@Test
	void anUnknownJobIsNotFound() {
		assertFails(Kind.NOT_FOUND, () -> milvus().bulkImport().job(this.target.name(), 4711))
			.hasMessageStartingWith("unable to get state of import job '4711': key not found");
		serverOf("2.2.16");
		assertFails(Kind.NOT_FOUND, () -> milvus().bulkImport().job(this.target.name(), 4711));
	}

	@Test
	void aJobThatCannotBeAskedForIsNotTakenForUnknown() {
		this.server.faults().refused("GetImportState", 65535, "root coordinator is ill");
		assertFails(Kind.REFUSED, () -> milvus().bulkImport().job(this.target.name(), 4711));
		this.server.faults().refused("GetImportState", 1000, "key not found[key=by-dev/meta/session/id]");
		assertFails(Kind.REFUSED, () -> milvus().bulkImport().job(this.target.name(), 4711));
	}

	@Test
	void aMissingCollectionOrPartitionIsNotFoundAndStartsNothing() {
		CollectionName missing = CollectionName.parse("missing");
		assertFails(Kind.NOT_FOUND,
				() -> milvus().bulkImport().submit(new ImportRequest(missing, "_default", this.request.paths())));
		assertFails(Kind.NOT_FOUND, () -> milvus().bulkImport()
			.submit(new ImportRequest(this.target.name(), "missing", this.request.paths())));
		assertFails(Kind.NOT_FOUND, () -> milvus().bulkImport().jobs(missing));
		assertThat(this.server.imports().submitted()).isZero();
	}

	@Test
	void aRepeatedRefusalInsideTheServerIsStillARefusal() {
		this.server.faults()
			.refused("Import", 65535,
					"attempt #9: rpc error: code = Unknown desc = collection not found[database=default][collection=c]");
		assertFails(Kind.NOT_FOUND, () -> milvus().bulkImport().submit(this.request));
	}

	@Test
	void aServerThatIsDownCertainlyStartedNothing() {
		milvus();
		this.server.stop();
		// until then the old connection can still take a request with it
		assertFails(Kind.UNAVAILABLE, () -> milvus().catalog().databases());
		assertFails(Kind.UNAVAILABLE, () -> milvus().bulkImport().submit(this.request));
	}

	@Test
	void aLostAnswerLeavesTheOutcomeOpen() {
		this.server.faults().loseAnswer("Import");
		assertFails(Kind.UNKNOWN_OUTCOME, () -> milvus().bulkImport().submit(this.request))
			.hasMessageContaining(this.request.paths().get(0));
		assertThat(this.server.imports().submitted()).isOne();
		assertThat(milvus().bulkImport().jobs(this.target.name())).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(value = Code.class, names = { "UNAVAILABLE", "INTERNAL", "UNKNOWN", "RESOURCE_EXHAUSTED", "ABORTED" })
	void aRequestThatWentOutIsNeverSentAgain(Code code) {
		this.server.faults().fail("Import", code);
		assertFails(Kind.UNKNOWN_OUTCOME, () -> milvus().bulkImport().submit(this.request));
		assertThat(this.server.faults().calls("Import")).isOne();
	}

	@Test
	void noAnswerInTimeLeavesTheOutcomeOpen() {
		this.server.faults().hang("Import");
		assertFails(Kind.UNKNOWN_OUTCOME, () -> milvus().bulkImport().submit(this.request));
	}

	@Test
	void anInterruptionLeavesTheOutcomeOpen() {
		this.server.faults().hang("Import");
		milvus();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			assertFails(Kind.UNKNOWN_OUTCOME, () -> milvus().bulkImport().submit(this.request));
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		caller.start();
		Awaitility.await().until(() -> this.server.faults().calls("Import") == 1);
		caller.interrupt();
		assertThat(interrupted).succeedsWithin(Duration.ofSeconds(2)).isEqualTo(true);
	}

	@Test
	void anErrorBetweenThePartsOfTheServerLeavesTheOutcomeOpen() {
		for (String lost : List.of("rpc error: code = Canceled desc = context canceled", "context deadline exceeded")) {
			this.server.faults().refused("Import", 65535, lost);
			assertFails(Kind.UNKNOWN_OUTCOME, () -> milvus().bulkImport().submit(this.request));
		}
	}

	@Test
	void anAnswerWithoutAJobLeavesTheOutcomeOpen() {
		this.server.faults().emptyAnswer("Import");
		assertFails(Kind.UNKNOWN_OUTCOME, () -> milvus().bulkImport().submit(this.request))
			.hasMessageContaining("named 0 jobs instead of one");
	}

	@Test
	void aMissingRightStartsNothing() {
		this.server.faults().fail("Import", Code.PERMISSION_DENIED);
		assertFails(Kind.DENIED, () -> milvus().bulkImport().submit(this.request));
		this.server.faults().throttled("Import");
		assertFails(Kind.UNAVAILABLE, () -> milvus().bulkImport().submit(this.request));
		assertThat(this.server.faults().calls("Import")).isEqualTo(2);
	}

}
