package dev.milvusbackup.testing.milvus;

import java.util.List;

import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.milvus.FakeImports.Job;
import dev.milvusbackup.testing.milvus.FakeImports.LoadedSegment;

/**
 * A segment as an import has read it.
 *
 * @param source id in the keys of its objects
 * @param rows those that its own deletes leave
 */
record ImportedSegment(long source, long origin, List<ObjectStat> objects, List<FakeEntry> rows) {

	/**
	 * Makes it a new segment. One without rows is given up at once.
	 */
	LoadedSegment addTo(Job job) {
		FakeCollection collection = job.order.collection();
		FakeSegments segments = collection.segments;
		FakeSegment fresh = segments.empty(collection.partition(job.order.partition()), 0);
		if (!this.rows.isEmpty()) {
			segments.addFlushed(fresh.withOrigin(this.origin).withRows(this.rows));
		}
		return new LoadedSegment(job.id, collection, job.order.partition(), this.source, this.origin, false,
				this.objects, this.rows.size());
	}

}
