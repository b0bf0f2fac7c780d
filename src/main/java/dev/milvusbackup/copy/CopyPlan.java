package dev.milvusbackup.copy;

import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.storage.ObjectCopier;
import dev.milvusbackup.storage.ObjectStore;

/**
 * What the copy of one run works with.
 *
 * @param target where the copies are verified
 */
public record CopyPlan(long run, SegmentLedger ledger, ObjectCopier copier, ObjectStore target, SegmentRoute route,
		Concurrency concurrency, VanishedSource vanished) {
}
