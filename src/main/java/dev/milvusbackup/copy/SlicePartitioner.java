package dev.milvusbackup.copy;

import java.util.HashMap;
import java.util.Map;

import dev.milvusbackup.ledger.SegmentLedger;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * One step execution for each slice that has segments left. The slices come from the
 * ledger, so that a restart finds the same ones.
 */
final class SlicePartitioner implements Partitioner {

	static final String SLICE = "slice";

	private final SegmentLedger ledger;

	private final long run;

	SlicePartitioner(SegmentLedger ledger, long run) {
		this.ledger = ledger;
		this.run = run;
	}

	@Override
	public Map<String, ExecutionContext> partition(int gridSize) {
		Map<String, ExecutionContext> slices = new HashMap<>();
		for (int slice : this.ledger.openSlices(this.run)) {
			ExecutionContext context = new ExecutionContext();
			context.putInt(SLICE, slice);
			slices.put("slice-" + slice, context);
		}
		return slices;
	}

}
