package dev.milvusbackup.copy;

import java.util.ArrayDeque;
import java.util.Deque;

import dev.milvusbackup.ledger.PlannedSegment;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.model.Segment;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * The segments of one slice that are not done, as the ledger says at the time of reading.
 * For one thread.
 */
final class SegmentReader implements ItemReader<PlannedSegment> {

	private static final int PAGE = 64;

	private final SegmentLedger ledger;

	private final long run;

	private final int slice;

	private final Deque<PlannedSegment> page = new ArrayDeque<>();

	private long lastCollection;

	private long lastSegment;

	SegmentReader(SegmentLedger ledger, long run, int slice) {
		this.ledger = ledger;
		this.run = run;
		this.slice = slice;
	}

	@Override
	public @Nullable PlannedSegment read() {
		if (this.page.isEmpty()) {
			this.page.addAll(this.ledger.undone(this.run, this.slice, this.lastCollection, this.lastSegment, PAGE));
		}
		PlannedSegment next = this.page.poll();
		if (next != null) {
			Segment segment = next.segment();
			this.lastCollection = segment.collectionId();
			this.lastSegment = segment.id();
		}
		return next;
	}

}
