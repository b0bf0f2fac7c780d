package dev.milvusbackup.copy;

import java.util.List;
import java.util.concurrent.Future;

import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectStat;

/**
 * A segment whose objects are being copied.
 *
 * @param objects a copy for each binlog, in the order of the segment's binlogs
 */
record SegmentCopy(Segment segment, List<Future<ObjectStat>> objects) {

	/**
	 * Whether all copies have ended by themselves, so that nothing is left to wait for.
	 */
	boolean isComplete() {
		return this.objects.stream().allMatch((object) -> object.isDone() && !object.isCancelled());
	}

	/**
	 * Keeps the copies that have not begun from beginning.
	 */
	void cancel() {
		this.objects.forEach((object) -> object.cancel(false));
	}

}
