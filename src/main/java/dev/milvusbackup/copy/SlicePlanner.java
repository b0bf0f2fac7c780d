package dev.milvusbackup.copy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import dev.milvusbackup.ledger.SegmentSize;
import dev.milvusbackup.ledger.SliceAssignment;

/**
 * Deals segments into slices of about equal work. Pure; equal input gives equal slices.
 */
final class SlicePlanner {

	/** What one request costs, in bytes that could be copied meanwhile. */
	private static final long REQUEST_COST = 512 * 1024;

	private static final int MOST_SLICES = 1000;

	private SlicePlanner() {
	}

	/**
	 * How many slices keep the workers busy to the end without flooding the job
	 * repository.
	 */
	static int slices(int workers, int segments) {
		return Math.max(1, Math.min(Math.min(4 * workers, MOST_SLICES), segments));
	}

	static List<SliceAssignment> deal(Collection<SegmentSize> segments, int slices) {
		List<SegmentSize> largestFirst = new ArrayList<>(segments);
		largestFirst.sort(Comparator.comparingLong(SlicePlanner::cost)
			.reversed()
			.thenComparingLong(SegmentSize::collectionId)
			.thenComparingLong(SegmentSize::segmentId));
		PriorityQueue<Load> loads = new PriorityQueue<>(
				Comparator.comparingLong(Load::cost).thenComparingInt(Load::slice));
		for (int slice = 0; slice < slices; slice++) {
			loads.add(new Load(slice, 0));
		}
		List<SliceAssignment> assignments = new ArrayList<>(largestFirst.size());
		for (SegmentSize segment : largestFirst) {
			Load lightest = loads.remove();
			assignments.add(new SliceAssignment(segment.collectionId(), segment.segmentId(), lightest.slice()));
			loads.add(new Load(lightest.slice(), lightest.cost() + cost(segment)));
		}
		return assignments;
	}

	private static long cost(SegmentSize segment) {
		return segment.bytes() + segment.objects() * REQUEST_COST;
	}

	private record Load(int slice, long cost) {
	}

}
