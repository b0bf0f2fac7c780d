package dev.milvusbackup.backup;

import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.ledger.PlannedSegment;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeSegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Segments of a Milvus that does not tell their level.
 */
class SegmentLevelTest {

	private BackupHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new BackupHarness("2.4.4");
		this.books = this.harness.fake.collection("books");
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void withoutRowsAndInsertLogsItHoldsDeletes() {
		FakeSegment rows = this.books.insertSegment("_default", 5, 1);
		FakeSegment partition = this.books.history().levelZeroSegment("_default", 1);
		FakeSegment all = this.books.history().levelZeroSegment(null, 2);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		try (Stream<PlannedSegment> planned = this.harness.ledger.segments(this.harness.runId, this.books.id())) {
			assertThat(planned.map(PlannedSegment::segment)).extracting(Segment::id, Segment::level)
				.containsExactlyInAnyOrder(tuple(rows.id(), SegmentLevel.DATA), tuple(partition.id(), SegmentLevel.L0),
						tuple(all.id(), SegmentLevel.L0));
		}
	}

	@Test
	void withRowsButWithoutInsertLogsItIsDamagedThoughItHasDeletes() {
		this.books.insertSegment("_default", 5);
		FakeSegment segment = this.books.insertSegment("_default", 6, 2);
		List<ObjectKey> inserts = this.books.objects(segment)
			.stream()
			.map(ObjectStat::key)
			.filter((key) -> key.value().contains("/insert_log/"))
			.toList();
		this.harness.milvusStore.delete(inserts);
		SourceException failure = BackupHarness.failure(this.harness.backUp(), SourceException.class);
		assertThat(failure.kind()).isEqualTo(Kind.SOURCE);
		assertThat(failure).hasMessageContaining(Long.toString(segment.id()));
		assertThat(this.harness.exists()).isFalse();
	}

}
