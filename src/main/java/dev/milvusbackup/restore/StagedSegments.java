package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.model.Segment;

/**
 * Puts the segments into the ledger that have to be copied before Milvus can read them.
 */
final class StagedSegments implements SegmentSink {

	private static final int BATCH = 200;

	private final RestoreRun run;

	private final List<Segment> batch = new ArrayList<>();

	StagedSegments(RestoreRun run) {
		this.run = run;
	}

	@Override
	public void accept(Segment segment) {
		if (this.run.places().staging() == null || segment.binlogs().isEmpty()) {
			return;
		}
		this.batch.add(segment);
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
