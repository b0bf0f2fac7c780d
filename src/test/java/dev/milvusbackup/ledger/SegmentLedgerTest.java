package dev.milvusbackup.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.Segment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SegmentLedgerTest extends LedgerTest {

	private SegmentLedger segments;

	private long run;

	@BeforeEach
	void openLedger() {
		this.segments = new SegmentLedger(this.ledger);
		this.run = openRun().id();
	}

	@Test
	void collectionsKeepTheOrderInWhichTheyWereFirstPut() {
		this.segments.putCollections(this.run, List.of(collection(3), collection(1)));
		PlannedCollection failed = new PlannedCollection(3, "default.c3", "{}", State.FAILED, "dropped");
		this.segments.putCollections(this.run, List.of(collection(2), failed));
		assertThat(this.segments.collections(this.run)).containsExactly(failed, collection(1), collection(2));
		assertThat(this.segments.collection(this.run, 2)).contains(collection(2));
		assertThat(this.segments.collection(this.run, 9)).isEmpty();
	}

	@Test
	void planStoresEverythingThatASegmentIs() {
		Segment segment = segment(1, -1, 7, 3);
		Segment bare = new Segment(8, 1, 5, 0, dev.milvusbackup.model.SegmentLevel.L0, 8, null, 2,
				List.of(new Binlog(dev.milvusbackup.model.BinlogKind.DELTA, 0, Long.MAX_VALUE, 0, null)));
		plan(1, segment, bare);
		assertThat(this.segments.segments(this.run, 1)).containsExactly(new PlannedSegment(segment, -1, false, 0),
				new PlannedSegment(bare, -1, false, 0));
		assertThat(this.segments.collection(this.run, 1).orElseThrow().state()).isEqualTo(State.PLANNED);
	}

	@Test
	void newPlanKeepsOnlySegmentsThatAreDoneWithTheSameObjects() {
		Segment kept = segment(1, 5, 1, 3);
		Segment changed = segment(1, 5, 2, 3);
		Segment moved = segment(1, 5, 3, 3);
		Segment gone = segment(1, 5, 4, 3);
		plan(1, kept, changed, moved, gone);
		this.segments.assignSlices(this.run, List.of(new SliceAssignment(1, 1, 6)));
		this.segments.done(this.run, Stream.of(kept, changed, moved, gone).map(LedgerTest::copied).toList());

		Segment added = segment(1, 5, 9, 1);
		Segment larger = withBinlogs(changed, segment(1, 5, 2, 4).binlogs());
		Segment elsewhere = segment(1, 6, 3, 3);
		plan(1, withBinlogs(kept, reversed(kept.binlogs())), larger, elsewhere, added);

		assertThat(this.segments.segments(this.run, 1)).containsExactly(new PlannedSegment(copied(kept), 6, true, 0),
				new PlannedSegment(larger, -1, false, 0), new PlannedSegment(added, -1, false, 0),
				new PlannedSegment(elsewhere, -1, false, 0));
	}

	@Test
	void planThatFailsMidwayChangesNothing() {
		Segment before = segment(1, 5, 1, 2);
		plan(1, before);
		Stream<Segment> failing = LongStream.range(10, 1000).mapToObj(id -> {
			if (id == 900) {
				throw new IllegalStateException("listing broke");
			}
			return segment(1, 5, id, 1);
		});
		assertThatThrownBy(() -> this.segments.plan(this.run, collection(1), failing))
			.isInstanceOf(IllegalStateException.class)
			.hasMessage("listing broke");
		assertThat(this.segments.segments(this.run, 1)).extracting(PlannedSegment::segment).containsExactly(before);
	}

	@Test
	void segmentListedTwiceIsRefused() {
		plan(1, segment(1, 5, 1, 1));
		List<Segment> twice = new ArrayList<>(IntStream.range(0, 300).mapToObj(id -> segment(1, 5, id, 1)).toList());
		twice.add(segment(1, 5, 3, 1));
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> this.segments.plan(this.run, collection(1), twice.stream()))
			.withMessageContaining("default.c1");
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> this.segments.plan(this.run, collection(2), twice.stream()))
			.withMessageContaining("default.c2");
	}

	@Test
	void undonePagesThroughASliceAcrossCollections() {
		plan(1, segment(1, 5, 1, 1), segment(1, 5, 2, 1), segment(1, 6, 3, 1));
		plan(2, segment(2, 5, 1, 1), segment(2, 5, 4, 1));
		plan(3, segment(3, 5, 1, 1));
		deal(0, 1, 1, 1, 3, 2, 1, 2, 4, 3, 1);
		deal(1, 1, 2);
		this.segments.done(this.run, List.of(copied(segment(2, 5, 1, 1))));
		this.segments.putCollections(this.run, List.of(new PlannedCollection(3, "c3", "{}", State.SKIPPED, "gone")));

		List<PlannedSegment> first = this.segments.undone(this.run, 0, 0, 0, 2);
		assertThat(first).extracting(planned -> planned.segment().id()).containsExactly(1L, 3L);
		List<PlannedSegment> second = this.segments.undone(this.run, 0, 1, 3, 2);
		assertThat(second).extracting(planned -> planned.segment().collectionId()).containsExactly(2L);
		assertThat(this.segments.undone(this.run, 0, 2, 4, 2)).isEmpty();
		assertThat(this.segments.openSlices(this.run)).containsExactly(0, 1);
	}

	@Test
	void segmentsThatWereNotDealtShowAsASlice() {
		plan(1, segment(1, 5, 1, 1), segment(1, 5, 2, 1));
		deal(4, 1, 1);
		assertThat(this.segments.openSlices(this.run)).containsExactly(-1, 4);
	}

	@Test
	void undoGivesTheSourceBackAndCountsAttempts() {
		Segment source = segment(1, 5, 1, 3);
		plan(1, source);
		for (int attempt = 1; attempt <= 2; attempt++) {
			this.segments.done(this.run, List.of(copied(source)));
			assertThat(this.segments.undo(this.run, 1, 1)).isEqualTo(attempt);
		}
		assertThat(this.segments.undone(this.run, -1, 0, 0, 10))
			.containsExactly(new PlannedSegment(source, -1, false, 2));
		assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> this.segments.undo(this.run, 1, 99));
	}

	@Test
	void doneIsRefusedForOtherObjectsThanPlanned() {
		plan(1, segment(1, 5, 1, 3), segment(1, 5, 2, 3));
		List<Segment> copies = List.of(copied(segment(1, 5, 1, 3)), copied(segment(1, 5, 2, 4)));
		assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> this.segments.done(this.run, copies))
			.withMessageContaining("'2'");
		assertThat(this.segments.progress(this.run).segmentsDone()).isZero();
	}

	@Test
	void progressCountsPlannedCollectionsOnly() {
		plan(1, segment(1, 5, 1, 2), segment(1, 5, 2, 3));
		plan(2, segment(2, 5, 1, 5));
		this.segments.done(this.run, List.of(copied(segment(1, 5, 2, 3))));
		assertThat(this.segments.progress(this.run)).isEqualTo(new CopyProgress(3, 1, 10, 3, 114, 33));
		this.segments.putCollections(this.run, List.of(new PlannedCollection(2, "c2", "{}", State.FAILED, "no")));
		assertThat(this.segments.progress(this.run)).isEqualTo(new CopyProgress(2, 1, 5, 3, 54, 33));
	}

	@Test
	void streamsGiveEverythingInOrderAcrossPages() {
		List<Segment> all = new ArrayList<>();
		for (long id = 0; id < 450; id++) {
			all.add(segment(1, -1 + id % 3, id, 1));
		}
		this.segments.plan(this.run, collection(1), all.stream());
		plan(2, segment(2, 5, 7, 2));
		assertThat(this.segments.segments(this.run, 1).map(PlannedSegment::segment))
			.isSortedAccordingTo((a, b) -> (a.partitionId() != b.partitionId())
					? Long.compare(a.partitionId(), b.partitionId()) : Long.compare(a.id(), b.id()))
			.hasSize(450);
		assertThat(this.segments.segments(this.run, 1, 0).map(planned -> planned.segment().id()).toList())
			.isEqualTo(LongStream.range(0, 450).filter(id -> id % 3 == 1).boxed().toList());
		assertThat(this.segments.sizes(this.run)).hasSize(451).endsWith(new SegmentSize(2, 7, 21, 2));
	}

	@Test
	void clearForgetsThePlanOfOneRunOnly() {
		plan(1, segment(1, 5, 1, 2));
		long other = openRun().id();
		this.segments.plan(other, collection(1), Stream.of(segment(1, 5, 1, 2)));
		this.segments.clear(this.run);
		assertThat(this.segments.collections(this.run)).isEmpty();
		assertThat(this.segments.segments(this.run, 1)).isEmpty();
		assertThat(this.segments.segments(other, 1)).hasSize(1);
		plan(1, segment(1, 5, 1, 2));
		assertThat(this.segments.progress(this.run).segments()).isEqualTo(1);
	}

	@Test
	void lostDatabaseIsReportedWithWhatWasAsked() {
		this.database.dataSource().close();
		assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> this.segments.progress(this.run))
			.withMessageStartingWith("unable to read the segments of run '");
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> this.segments.done(this.run, List.of(segment(1, 1, 1, 1))))
			.withMessageStartingWith("unable to mark segments");
	}

	private void plan(long collection, Segment... list) {
		this.segments.plan(this.run, collection(collection), Stream.of(list));
	}

	private void deal(int slice, long... collectionsAndSegments) {
		List<SliceAssignment> assignments = new ArrayList<>();
		for (int i = 0; i < collectionsAndSegments.length; i += 2) {
			assignments.add(new SliceAssignment(collectionsAndSegments[i], collectionsAndSegments[i + 1], slice));
		}
		this.segments.assignSlices(this.run, assignments);
	}

	private static List<Binlog> reversed(List<Binlog> binlogs) {
		List<Binlog> reversed = new ArrayList<>(binlogs);
		java.util.Collections.reverse(reversed);
		return reversed;
	}

}
