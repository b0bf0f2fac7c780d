package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.model.Segment;

/**
 * Puts the segments into the ledger that have to be copied before Milvus can read them.
 */
final class StagedSegments {

	private static final int BATCH = 200;

	private final RestoreRun run;

	private final List<Segment> batch = new ArrayList<>();

	StagedSegments(RestoreRun run) {
		this.run = run;
	}

	/**
	 * Each target has copies of its own, so that what becomes of one does not concern
	 * another.
	 */
	void accept(Segment segment, RestoreTarget target) {
		if (this.run.places().staging() == null || segment.binlogs().isEmpty()) {
			return;
		}
		this.batch.add(segment.withCollection(target.id()));
		if (this.batch.size() == BATCH) {
			finish();
		}
	}

	/**
	 * Puts the rest.
	 */
	void finish() {
		this.run.ledgers().intake().add(this.run.id(), this.batch);
		this.batch.clear();
	}

}
