package dev.milvusbackup.backup;

import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.testing.CollectionBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SegmentChecksTest {

	private final SegmentChecks checks = new SegmentChecks(CollectionBuilder.collection(1, "c").build());

	private final List<Binlog> binlogs = new ArrayList<>();

	@Test
	void asManyLogsOfEveryFieldAreWhole() {
		insert(0, 1, 100, 101);
		insert(0, 1, 100, 101);
		this.binlogs.add(new Binlog(BinlogKind.DELTA, 0, 9, 1, null));
		assertThatCode(() -> check(0)).doesNotThrowAnyException();
	}

	@Test
	void aFieldWithoutLogsIsAHole() {
		insert(0, 1, 100);
		refused("field 101 has 0 insert logs where field 1 has 1");
	}

	@Test
	void aFieldWithFewerLogsIsAHole() {
		insert(0, 1, 100, 101);
		insert(0, 1, 101);
		refused("field 100 has 1 insert logs where field 1 has 2");
	}

	@Test
	void aSystemFieldWithoutLogsIsAHole() {
		insert(1, 100, 101);
		refused("field 0 has 0 insert logs");
	}

	@Test
	void aFieldThatTheSchemaDoesNotKnowNeedsAsManyLogs() {
		insert(0, 1, 100, 101, 102);
		insert(0, 1, 100, 101);
		refused("field 102 has 1 insert logs where field 1 has 2");
	}

	@Test
	void columnGroupsAreNotCounted() {
		insert(0);
		assertThatCode(() -> check(2)).doesNotThrowAnyException();
	}

	@Test
	void aFieldThatMayBeNullCanHaveBeenAddedLater() {
		SegmentChecks rich = new SegmentChecks(CollectionBuilder.collection(1, "c").everything().build());
		insert(0, 1, 100, 101, 103, 104, 105);
		assertThatCode(() -> rich.requireWhole(segment(0), found())).doesNotThrowAnyException();
	}

	private void refused(String message) {
		assertThatExceptionOfType(SourceException.class).isThrownBy(() -> check(0))
			.withMessageContaining("segment '7' of 'default.c'")
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(SourceException.Kind.SOURCE));
	}

	private void check(long storageVersion) {
		this.checks.requireWhole(segment(storageVersion), found());
	}

	private SegmentListing.Found found() {
		return new SegmentListing.Found(10, 7, this.binlogs);
	}

	private static PersistentSegment segment(long storageVersion) {
		return new PersistentSegment(7, 1, 10, 100, null, storageVersion);
	}

	private void insert(long... fields) {
		for (long field : fields) {
			this.binlogs.add(new Binlog(BinlogKind.INSERT, field, this.binlogs.size(), 1, null));
		}
	}

}
