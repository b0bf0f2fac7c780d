package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.Extent;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.model.Segment;

/**
 * Puts segments that one job can import together into one import: those of one partition,
 * virtual channel and storage version (behaviour.md K.1 and K.2). Holds one unfinished
 * import for each of these.
 */
final class ImportBatches {

	private final Limits limits;

	private final Consumer<PlannedImport> sink;

	private final Map<Together, List<Part>> open = new HashMap<>();

	ImportBatches(Limits limits, Consumer<PlannedImport> sink) {
		this.limits = limits;
		this.sink = sink;
	}

	void add(Part part) {
		Together together = Together.of(part);
		List<Part> parts = this.open.computeIfAbsent(together, (key) -> new ArrayList<>());
		parts.add(part);
		if (parts.size() >= (part.group().any().isL0() ? this.limits.deletes() : this.limits.data())) {
			this.open.remove(together);
			this.sink.accept(planned(parts));
		}
	}

	/**
	 * Plans what is unfinished.
	 */
	void finish() {
		this.open.values().forEach((parts) -> this.sink.accept(planned(parts)));
		this.open.clear();
	}

	private static PlannedImport planned(List<Part> parts) {
		Part first = parts.get(0);
		List<String> paths = parts.stream().flatMap((part) -> part.paths().stream()).toList();
		long rows = parts.stream().map(Part::group).mapToLong(SegmentGroup::rows).sum();
		long bytes = parts.stream().map(Part::group).mapToLong(SegmentGroup::bytes).sum();
		boolean fewerRows = first.endTimestamp() > 0 || parts.stream().anyMatch((part) -> part.group().deletes());
		Segment segment = first.group().any();
		return new PlannedImport(first.group().key(first.target().id()), first.group().order(),
				first.target().name().toString(), first.partition(), paths, segment.isL0() ? 0 : rows, bytes, fewerRows,
				new Extent(parts.size(), segment.storageVersion(), first.endTimestamp()), State.PLANNED, null, 0, "");
	}

	/**
	 * How many segments go into one job.
	 *
	 * @param deletes of level L0
	 */
	record Limits(int data, int deletes) {
	}

	/**
	 * A segment group to import.
	 *
	 * @param partition name, empty for the whole collection
	 * @param endTimestamp TSO after which its rows and deletes are left out, 0 for none
	 */
	record Part(SegmentGroup group, RestoreTarget target, String partition, List<String> paths, long endTimestamp) {
	}

	/** What segments of one job have in common. */
	private record Together(long collection, long partition, boolean deletes, String channel, long storageVersion) {

		static Together of(Part part) {
			Segment segment = part.group().any();
			return new Together(part.target().id(), segment.partitionId(), segment.isL0(),
					Objects.requireNonNullElse(segment.virtualChannel(), ""), segment.storageVersion());
		}

	}

}
