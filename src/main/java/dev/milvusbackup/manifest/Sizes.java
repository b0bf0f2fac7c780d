package dev.milvusbackup.manifest;

import java.util.HashMap;
import java.util.Map;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Segment;

/**
 * Sums of sizes by collection and partition; grows with the number of partitions only.
 */
final class Sizes {

	private final Map<Long, Map<Long, Long>> bytes = new HashMap<>();

	private long segments;

	/** The same source; whatever is read of it is added here. */
	SegmentSource counting(SegmentSource source) {
		return (collectionId, partitionId) -> source.segments(collectionId, partitionId).peek(this::add);
	}

	void add(Segment segment) {
		this.segments++;
		this.bytes.computeIfAbsent(segment.collectionId(), (id) -> new HashMap<>())
			.merge(segment.partitionId(), segment.bytes(), Long::sum);
	}

	/** Every partition of the collection, without collection-wide deletes. */
	Map<Long, Long> of(Collection collection) {
		Map<Long, Long> sizes = new HashMap<>();
		collection.partitions()
			.forEach((partition) -> sizes.put(partition.id(), partition(collection.id(), partition.id())));
		return sizes;
	}

	long partition(long collectionId, long partitionId) {
		return partitions(collectionId).getOrDefault(partitionId, 0L);
	}

	long collection(long collectionId) {
		return partitions(collectionId).values().stream().mapToLong(Long::longValue).sum();
	}

	boolean sameAs(Sizes other) {
		return this.segments == other.segments && this.bytes.equals(other.bytes);
	}

	private Map<Long, Long> partitions(long collectionId) {
		return this.bytes.getOrDefault(collectionId, Map.of());
	}

}
