package dev.milvusbackup.copy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.milvusbackup.ledger.SegmentSize;
import dev.milvusbackup.ledger.SliceAssignment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class SlicePlannerTest {

	private static final long REQUEST_COST = 512 * 1024;

	@Property(tries = 200)
	void everySegmentIsDealtOnceIntoAnExistingSlice(@ForAll long seed, @ForAll @IntRange(max = 3000) int count,
			@ForAll @IntRange(min = 1, max = 8) int workers) {
		List<SegmentSize> segments = segments(seed, count);
		int slices = SlicePlanner.slices(workers, count);
		List<SliceAssignment> dealt = SlicePlanner.deal(segments, slices);
		assertThat(dealt.stream().map(SliceAssignment::segmentId).sorted().toList())
			.isEqualTo(segments.stream().map(SegmentSize::segmentId).toList());
		assertThat(dealt).extracting(SliceAssignment::slice).allMatch((slice) -> slice >= 0 && slice < slices);
		assertThat(slices).isBetween(1, 1000).isLessThanOrEqualTo(Math.max(1, count));
	}

	@Property(tries = 100)
	void equalInputInAnyOrderGivesEqualSlices(@ForAll long seed, @ForAll @IntRange(max = 500) int count) {
		List<SegmentSize> segments = segments(seed, count);
		List<SegmentSize> shuffled = new ArrayList<>(segments);
		Collections.shuffle(shuffled, new Random(seed));
		assertThat(SlicePlanner.deal(shuffled, 7)).isEqualTo(SlicePlanner.deal(segments, 7));
	}

	@Property(tries = 100)
	void noSliceIsHeavierThanTheLightestByMoreThanOneSegment(@ForAll long seed,
			@ForAll @IntRange(min = 1, max = 500) int count, @ForAll @IntRange(min = 1, max = 40) int slices) {
		List<SegmentSize> segments = segments(seed, count);
		Map<Long, Long> costs = new HashMap<>();
		segments.forEach((segment) -> costs.put(segment.segmentId(), cost(segment)));
		long[] loads = new long[slices];
		SlicePlanner.deal(segments, slices)
			.forEach((assignment) -> loads[assignment.slice()] += costs.get(assignment.segmentId()));
		long heaviest = Collections.max(costs.values());
		for (long load : loads) {
			for (long other : loads) {
				assertThat(load - other).isLessThanOrEqualTo(heaviest);
			}
		}
	}

	@Property(tries = 50)
	void workersBeyondAllMeasureDoNotFloodTheRepository(@ForAll @IntRange(min = 1, max = 100_000) int workers) {
		assertThat(SlicePlanner.slices(workers, Integer.MAX_VALUE)).isLessThanOrEqualTo(1000);
		assertThat(SlicePlanner.slices(workers, 0)).isOne();
	}

	private static long cost(SegmentSize segment) {
		return segment.bytes() + segment.objects() * REQUEST_COST;
	}

	private static List<SegmentSize> segments(long seed, int count) {
		Random random = new Random(seed);
		List<SegmentSize> segments = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			segments.add(new SegmentSize(1 + random.nextInt(3), 1000 + i, random.nextLong(1L << 30),
					1 + random.nextInt(200)));
		}
		return segments;
	}

}
