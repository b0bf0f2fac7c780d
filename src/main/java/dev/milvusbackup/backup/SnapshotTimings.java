package dev.milvusbackup.backup;

import java.time.Duration;

import dev.milvusbackup.milvus.JobWatch;

/**
 * How patient the work with snapshots is.
 *
 * @param drop before another try to drop a snapshot
 */
record SnapshotTimings(JobWatch.Timing watch, Duration drop) {

	static SnapshotTimings standard(Duration noProgress) {
		return new SnapshotTimings(JobWatch.Timing.standard(noProgress), Duration.ofSeconds(1));
	}

}
