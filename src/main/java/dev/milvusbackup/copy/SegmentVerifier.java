package dev.milvusbackup.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.PlannedSegment;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ListingIndex;
import dev.milvusbackup.storage.ObjectPrefix;

/**
 * Compares the copies of a collection with the ledger by listing the target: every object
 * there, of the right size, and of the entity tag that the copy had. Sets segments that
 * differ back to undone.
 */
final class SegmentVerifier {

	private static final int MOST_ATTEMPTS = 3;

	private final CopyPlan plan;

	SegmentVerifier(CopyPlan plan) {
		this.plan = plan;
	}

	/**
	 * Returns how many segments were set back.
	 * @throws CopyException when a segment differs after too many attempts
	 */
	int verify(long collectionId, List<ObjectPrefix> prefixes) {
		ListingIndex listing = new ListingIndex();
		prefixes.forEach((prefix) -> listing.addAll(this.plan.target().list(prefix)));
		List<Segment> damaged = new ArrayList<>();
		try (Stream<PlannedSegment> segments = this.plan.ledger().segments(this.plan.run(), collectionId)) {
			segments.filter((planned) -> planned.done() && !isWhole(planned.segment(), listing))
				.forEach((planned) -> damaged.add(planned.segment()));
		}
		damaged.forEach(this::undo);
		return damaged.size();
	}

	private boolean isWhole(Segment segment, ListingIndex listing) {
		for (Binlog binlog : segment.binlogs()) {
			if (!listing.contains(this.plan.route().target(segment, binlog), binlog.bytes(), binlog.etag())) {
				return false;
			}
		}
		return true;
	}

	private void undo(Segment segment) {
		int attempts = this.plan.ledger().undo(this.plan.run(), segment.collectionId(), segment.id());
		if (attempts >= MOST_ATTEMPTS) {
			throw new CopyException(
					"unable to verify the copy of segment '" + segment.id() + "' in '" + this.plan.target().address()
							+ "': it still differs from its source after " + attempts + " attempts",
					"check that nothing else writes to the target, then run the same command again");
		}
	}

}
