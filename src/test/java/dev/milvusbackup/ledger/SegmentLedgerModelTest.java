package dev.milvusbackup.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

import dev.milvusbackup.model.Segment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random operations on the ledger and on a map give the same.
 */
class SegmentLedgerModelTest extends LedgerTest {

	private static final int OPERATIONS = 120;

	private final Map<Long, Map<Long, PlannedSegment>> model = new TreeMap<>();

	@Test
	void ledgerDoesWhatAMapDoes() {
		for (long seed = 1; seed <= 3; seed++) {
			this.model.clear();
			long run = openRun().id();
			SegmentLedger segments = new SegmentLedger(this.ledger);
			Random random = new Random(seed);
			for (int i = 0; i < OPERATIONS; i++) {
				change(segments, run, random);
			}
			assertSame(segments, run, "seed " + seed);
		}
	}

	private void change(SegmentLedger segments, long run, Random random) {
		switch (random.nextInt(4)) {
			case 0 -> plan(segments, run, random);
			case 1 -> deal(segments, run, random);
			case 2 -> done(segments, run, random);
			default -> undo(segments, run, random);
		}
	}

	private void plan(SegmentLedger segments, long run, Random random) {
		long collection = 1 + random.nextInt(3);
		List<Segment> list = LongStream.range(0, 20)
			.filter(id -> random.nextInt(3) > 0)
			.mapToObj(id -> segment(collection, id % 3, id, 1 + random.nextInt(2)))
			.toList();
		segments.plan(run, collection(collection), list.stream());
		Map<Long, PlannedSegment> before = this.model.getOrDefault(collection, Map.of());
		Map<Long, PlannedSegment> after = new LinkedHashMap<>();
		list.forEach(segment -> after.put(segment.id(), merged(before.get(segment.id()), segment)));
		this.model.put(collection, after);
	}

	private static PlannedSegment merged(PlannedSegment before, Segment segment) {
		if (before == null) {
			return new PlannedSegment(segment, -1, false, 0);
		}
		boolean kept = before.done() && before.segment().binlogs().size() == segment.binlogs().size();
		return new PlannedSegment(kept ? before.segment() : segment, before.slice(), kept, before.attempts());
	}

	private void deal(SegmentLedger segments, long run, Random random) {
		List<SliceAssignment> assignments = new ArrayList<>();
		for (PlannedSegment planned : pick(random)) {
			int slice = random.nextInt(4);
			assignments.add(new SliceAssignment(planned.segment().collectionId(), planned.segment().id(), slice));
			put(new PlannedSegment(planned.segment(), slice, planned.done(), planned.attempts()));
		}
		segments.assignSlices(run, assignments);
	}

	private void done(SegmentLedger segments, long run, Random random) {
		List<Segment> copies = pick(random).stream().map(planned -> copied(planned.segment())).toList();
		segments.done(run, copies);
		for (Segment copy : copies) {
			PlannedSegment planned = this.model.get(copy.collectionId()).get(copy.id());
			put(new PlannedSegment(copy, planned.slice(), true, planned.attempts()));
		}
	}

	private void undo(SegmentLedger segments, long run, Random random) {
		for (PlannedSegment planned : pick(random)) {
			Segment source = planned.segment();
			int attempts = segments.undo(run, source.collectionId(), source.id());
			assertThat(attempts).isEqualTo(planned.attempts() + 1);
			Segment original = segment(source.collectionId(), source.partitionId(), source.id(),
					source.binlogs().size());
			put(new PlannedSegment(original, planned.slice(), false, attempts));
		}
	}

	private List<PlannedSegment> pick(Random random) {
		return all().stream().filter(planned -> random.nextInt(4) == 0).toList();
	}

	private List<PlannedSegment> all() {
		return this.model.values()
			.stream()
			.flatMap(collection -> collection.values().stream())
			.sorted(Comparator.comparingLong((PlannedSegment planned) -> planned.segment().collectionId())
				.thenComparingLong(planned -> planned.segment().id()))
			.toList();
	}

	private void put(PlannedSegment planned) {
		this.model.get(planned.segment().collectionId()).put(planned.segment().id(), planned);
	}

	private void assertSame(SegmentLedger segments, long run, String seed) {
		List<PlannedSegment> all = all();
		this.model.forEach((collection, expected) -> assertThat(segments.segments(run, collection)).as(seed)
			.containsExactlyInAnyOrderElementsOf(expected.values()));
		assertThat(segments.sizes(run).map(SegmentSize::segmentId).toList()).as(seed)
			.isEqualTo(all.stream().map(planned -> planned.segment().id()).toList());
		List<PlannedSegment> undone = all.stream().filter(planned -> !planned.done()).toList();
		assertThat(segments.openSlices(run)).as(seed)
			.isEqualTo(undone.stream().map(PlannedSegment::slice).distinct().sorted().toList());
		for (int slice : segments.openSlices(run)) {
			assertThat(walk(segments, run, slice)).as(seed)
				.isEqualTo(undone.stream().filter(planned -> planned.slice() == slice).toList());
		}
		CopyProgress progress = segments.progress(run);
		assertThat(progress.segments()).as(seed).isEqualTo(all.size());
		assertThat(progress.segmentsDone()).as(seed).isEqualTo(all.size() - undone.size());
		assertThat(progress.bytes()).as(seed)
			.isEqualTo(all.stream().mapToLong(planned -> planned.segment().bytes()).sum());
	}

	private static List<PlannedSegment> walk(SegmentLedger segments, long run, int slice) {
		List<PlannedSegment> walked = new ArrayList<>();
		List<PlannedSegment> page = segments.undone(run, slice, 0, 0, 3);
		while (!page.isEmpty()) {
			walked.addAll(page);
			Segment last = page.get(page.size() - 1).segment();
			page = segments.undone(run, slice, last.collectionId(), last.id(), 3);
		}
		return walked;
	}

}
