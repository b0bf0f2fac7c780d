package dev.milvusbackup.backup;

import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.MemoryObjectStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SegmentListingTest {

	private final MemoryObjectStore memory = new MemoryObjectStore();

	private final FaultyObjectStore store = new FaultyObjectStore(this.memory);

	private final SegmentListing listing = new SegmentListing(this.store, new MilvusLayout(ObjectPrefix.of("files")));

	@Test
	void objectsAreGroupedBySegmentInTheOrderOfFieldsAndLogs() {
		put("insert_log/1/10/100/101/7", "insert_log/1/10/100/0/12", "insert_log/1/10/100/0/3",
				"insert_log/1/11/200/0/5");
		List<SegmentListing.Found> found = found();
		assertThat(found).extracting(SegmentListing.Found::segmentId).containsExactly(100L, 200L);
		assertThat(found).extracting(SegmentListing.Found::partitionId).containsExactly(10L, 11L);
		assertThat(found.get(0).binlogs()).extracting(Binlog::fieldId).containsExactly(0L, 0L, 101L);
		assertThat(found.get(0).binlogs()).extracting(Binlog::logId).containsExactly(3L, 12L, 7L);
		assertThat(found.get(0).binlogs()).allMatch((binlog) -> binlog.bytes() == 1 && binlog.etag() != null);
	}

	@Test
	void deletesComeLast() {
		put("insert_log/1/10/100/0/3", "delta_log/1/10/100/9", "delta_log/1/10/100/8");
		assertThat(found()).hasSize(1);
		assertThat(found().get(0).binlogs()).extracting(Binlog::kind)
			.containsExactly(BinlogKind.INSERT, BinlogKind.DELTA, BinlogKind.DELTA);
		assertThat(found().get(0).binlogs()).extracting(Binlog::logId).containsExactly(3L, 8L, 9L);
	}

	@Test
	void segmentsOfDeletesOnlyAreFound() {
		put("insert_log/1/10/100/0/3", "delta_log/1/-1/300/9", "delta_log/1/10/400/9");
		assertThat(found()).extracting(SegmentListing.Found::segmentId).containsExactlyInAnyOrder(100L, 300L, 400L);
		assertThat(found()).filteredOn((found) -> found.segmentId() == 300)
			.singleElement()
			.satisfies((found) -> assertThat(found.partitionId()).isEqualTo(-1));
	}

	@Test
	void foreignObjectsAndOtherCollectionsAreLeftOut() {
		put("insert_log/1/10/100/0/3", "insert_log/1/10/100/0/3/part", "insert_log/1/readme", "insert_log/1/10/x/0/3",
				"insert_log/12/10/100/0/3", "delta_log/12/10/100/3", "stats_log/1/10/100/0/3");
		assertThat(found()).singleElement().satisfies((found) -> assertThat(found.binlogs()).hasSize(1));
	}

	@Test
	void nothingThereIsNothingFound() {
		assertThat(found()).isEmpty();
	}

	@Test
	void aCollectionTakesTwoListingsHoweverManySegments() {
		for (int i = 0; i < 50; i++) {
			put("insert_log/1/10/" + (100 + i) + "/0/3");
		}
		assertThat(found()).hasSize(50);
		assertThat(this.store.calls(Operation.LIST)).isEqualTo(2);
		assertThat(this.store.calls(Operation.STAT)).isZero();
	}

	private List<SegmentListing.Found> found() {
		try (Stream<SegmentListing.Found> found = this.listing.segments(1)) {
			return found.toList();
		}
	}

	private void put(String... keys) {
		for (String key : keys) {
			this.memory.put("files/" + key, "x");
		}
	}

}
