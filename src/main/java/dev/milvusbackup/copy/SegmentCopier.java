package dev.milvusbackup.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import dev.milvusbackup.ledger.PlannedSegment;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Hands the objects of a segment to the transfer pool; the writer waits for them, so that
 * the segments of a chunk are copied together.
 */
final class SegmentCopier implements ItemProcessor<PlannedSegment, SegmentCopy> {

	private final CopyPlan plan;

	private final ExecutorService transfers;

	SegmentCopier(CopyPlan plan, ExecutorService transfers) {
		this.plan = plan;
		this.transfers = transfers;
	}

	@Override
	public SegmentCopy process(PlannedSegment planned) {
		Segment segment = planned.segment();
		List<Future<ObjectStat>> objects = new ArrayList<>(segment.binlogs().size());
		for (Binlog binlog : segment.binlogs()) {
			ObjectStat source = new ObjectStat(this.plan.route().source(segment, binlog), binlog.bytes(),
					binlog.etag());
			ObjectKey target = this.plan.route().target(segment, binlog);
			objects.add(this.transfers.submit(() -> this.plan.copier().copy(source, target)));
		}
		return new SegmentCopy(segment, objects);
	}

}
