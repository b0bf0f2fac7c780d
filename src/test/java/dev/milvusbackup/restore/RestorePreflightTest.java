package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.storage.ObjectKey;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What cannot be restored is refused before anything is changed.
 */
class RestorePreflightTest {

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new RestoreHarness();
		this.books = this.harness.fake.collection("books");
		this.books.insertSegment("_default", 30);
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void refusesATargetThatExists() throws Exception {
		this.harness.backUp(this.books);
		this.harness.suffix = "";
		assertRefused(Kind.PREFLIGHT, "'default.books': it exists already");
	}

	@Test
	void refusesAMissingTargetThatIsNotToBeCreated() throws Exception {
		this.harness.backUp(this.books);
		this.harness.options = new Options(false, false, false, false, false, true);
		assertRefused(Kind.PREFLIGHT, "'default.books_r': it does not exist");
	}

	@Test
	void refusesAnExistingTargetOfOtherFields() throws Exception {
		FakeCollection twin = this.harness.fake.collection("twin");
		this.harness.backUp(twin);
		this.harness.fake.drop(twin);
		this.harness.fake.create("twin",
				CollectionSchema.newBuilder()
					.addFields(FieldSchema.newBuilder().setName("other").setIsPrimaryKey(true))
					.build());
		this.harness.suffix = "";
		this.harness.options = new Options(false, false, false, false, false, true);
		assertRefused(Kind.PREFLIGHT, "field id with id 100");
	}

	@Test
	void refusesAFilterThatSelectsNothingAndNamesWhatThereIs() throws Exception {
		this.harness.backUp(this.books);
		this.harness.filter = CollectionFilter.parse("boks");
		JobExecution execution = assertRefused(Kind.PREFLIGHT, "'default.boks': there is nothing of that name");
		assertThat(((RestoreException) RestoreHarness.failure(execution)).hint())
			.contains("default.books (restored as default.books_r)");
	}

	@Test
	void refusesAGapInTheFieldIdsThatTheTargetWouldClose() throws Exception {
		FakeCollection gap = this.harness.fake.collection("gap").dropField("text");
		gap.insertSegment("_default", 3);
		this.harness.backUp(this.books, gap);
		assertRefused(Kind.INCOMPATIBLE, "'default.gap_r' (field vector has the id 102 and would get 101)");
		assertThat(this.harness.fake.find("books_r")).isNull();
		assertThat(this.harness.fake.find("gap_r")).isNull();
	}

	@Test
	void refusesABackupOfANewerMilvus() throws Exception {
		this.harness.backup().version("v2.4.1").add(this.books).write(this.harness.backupStore, this.harness.layout);
		assertRefused(Kind.INCOMPATIBLE, "a Milvus 2.3.5: the backup is of Milvus 2.4.1");
	}

	@Test
	void refusesL0SegmentsForAnOldMilvus() throws Exception {
		this.harness.backup()
			.add(this.books)
			.add(segment(SegmentLevel.L0, 0))
			.write(this.harness.backupStore, this.harness.layout);
		assertRefused(Kind.INCOMPATIBLE, "L0 segments of default.books_r (1)");
	}

	@Test
	void refusesSegmentsOfStorageVersion2ForAnOldMilvus() throws Exception {
		this.harness.backup()
			.add(this.books)
			.add(segment(SegmentLevel.DATA, 2))
			.write(this.harness.backupStore, this.harness.layout);
		assertRefused(Kind.INCOMPATIBLE, "storage version 2 of default.books_r (1)");
	}

	@Test
	void aCorrectedRequestGoesThroughAfterARefusal() throws Exception {
		this.harness.backUp(this.books);
		this.harness.suffix = "";
		this.harness.restore();
		this.harness.fake.drop(this.books);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books").rows()).isEqualTo(30);
	}

	@Test
	void aCollectionThatTheBackupDoesNotHoldWholeIsSkipped() throws Exception {
		FakeCollection other = this.harness.fake.collection("other");
		Segment hollow = new Segment(5, other.id(), other.partition("_default"), 9, SegmentLevel.DATA, 5, null, 0,
				List.of());
		this.harness.backup().add(this.books, other).add(hollow).write(this.harness.backupStore, this.harness.layout);
		JobExecution execution = this.harness.restore();
		assertThat(execution.getExitStatus().getExitCode()).isEqualTo(RestoreJobConfiguration.PARTIAL);
		assertThat(this.harness.outcome().get("default.other_r"))
			.isEqualTo("SKIPPED the backup is damaged: segment 5 has 9 rows but no insert logs");
		assertThat(this.harness.fake.find("other_r")).isNull();
		assertThat(this.harness.target("books_r").rows()).isEqualTo(30);
	}

	@Test
	void aCollectionWhoseObjectsAreMissingIsSkipped() throws Exception {
		FakeCollection other = this.harness.fake.collection("other");
		other.insertSegment("_default", 5);
		this.harness.backUp(this.books, other);
		String lost = this.harness.milvusStore.keys()
			.stream()
			.filter((key) -> key.startsWith("backup/b1/binlogs/insert_log/" + other.id()))
			.findFirst()
			.orElseThrow();
		this.harness.milvusStore.delete(List.of(new ObjectKey(lost)));
		assertThat(this.harness.restore().getExitStatus().getExitCode()).isEqualTo(RestoreJobConfiguration.PARTIAL);
		assertThat(this.harness.outcome().get("default.other_r"))
			.startsWith("SKIPPED the backup is damaged: '" + lost + "' is missing");
		assertThat(this.harness.target("books_r").rows()).isEqualTo(30);
	}

	@Test
	void aMilvusThatReadsAnotherBucketIsNoticed() throws Exception {
		this.harness.useOtherBucket();
		this.harness.staged = false;
		this.harness.backUp(this.books);
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOf(RestoreException.class)
			.hasMessageContaining("Milvus found nothing in [backup/b1/binlogs/insert_log/");
	}

	private Segment segment(SegmentLevel level, long storageVersion) {
		return new Segment(5, this.books.id(), this.books.partition("_default"), 1, level, 5, null, storageVersion,
				List.of(new Binlog(BinlogKind.INSERT, 100, 1, 10, null)));
	}

	private JobExecution assertRefused(Kind kind, String message) throws Exception {
		JobExecution execution = this.harness.restore();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(RestoreHarness.failure(execution)).isInstanceOfSatisfying(RestoreException.class, (ex) -> {
			assertThat(ex.kind()).isEqualTo(kind);
			assertThat(ex).hasMessageContaining(message);
		});
		for (String change : List.of("CreateDatabase", "CreateCollection", "DropCollection", "CreatePartition",
				"Import")) {
			assertThat(this.harness.fake.faults().calls(change)).as(change).isZero();
		}
		return execution;
	}

}
