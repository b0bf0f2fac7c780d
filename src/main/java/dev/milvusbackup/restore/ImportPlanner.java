package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.ledger.ImportLedger;
import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.milvus.BulkImport;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.ClusterState.FlushPositions;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;

/**
 * Plans the imports, as the segments come along in any order. Holds only those in memory
 * that share a directory or are to go into one job.
 */
final class ImportPlanner implements SegmentSink {

	private static final int BATCH = 500;

	private final long run;

	private final ImportLedger ledger;

	private final ImportPaths paths;

	private final BackupObjects objects;

	/** By the collection's id in the backup. */
	private final Map<Long, List<RestoreTarget>> targets = new HashMap<>();

	private final Map<String, SegmentGroup> shared = new LinkedHashMap<>();

	private final List<PlannedImport> batch = new ArrayList<>();

	private final ImportBatches imports;

	private final LogEnds ends;

	private final Map<Long, String> problems = new HashMap<>();

	/**
	 * @param flush of everything, before the backup
	 */
	ImportPlanner(RestoreRun run, List<RestoreTarget> targets, FlushPositions flush) {
		this.run = run.id();
		this.ledger = run.ledgers().imports();
		this.paths = run.paths();
		this.ends = new LogEnds(run.request().details().truncate(), flush);
		this.imports = new ImportBatches(limits(run), this::put);
		this.objects = BackupObjects.list(run.places(), targets);
		targets.forEach(
				(target) -> this.targets.computeIfAbsent(target.sourceId(), (id) -> new ArrayList<>()).add(target));
	}

	/**
	 * The targets of the segment's collection, none when that is not restored.
	 */
	List<RestoreTarget> targets(Segment segment) {
		return this.targets.getOrDefault(segment.collectionId(), List.of());
	}

	@Override
	public void accept(Segment segment) {
		List<RestoreTarget> its = targets(segment);
		boolean empty = segment.rows() == 0 && segment.binlogs().isEmpty();
		if (its.isEmpty() || empty || hasProblem(segment, its.get(0))) {
			return;
		}
		SegmentGroup group = SegmentGroup.of(segment);
		if (SegmentGroup.isShared(segment)) {
			this.shared.merge(group.key(segment.collectionId()), group, SegmentGroup::plus);
		}
		else {
			plan(group);
		}
	}

	/**
	 * Plans what is still held back.
	 * @return collection id to what is wrong with it in the backup
	 */
	Map<Long, String> finish() {
		this.shared.values().forEach(this::plan);
		this.imports.finish();
		flush();
		return this.problems;
	}

	private static ImportBatches.Limits limits(RestoreRun run) {
		BulkImport server = run.milvus().bulkImport();
		int wanted = run.settings().segmentsPerImport();
		return new ImportBatches.Limits(Math.min(wanted, server.mostSegments(false)),
				Math.min(wanted, server.mostSegments(true)));
	}

	private boolean hasProblem(Segment segment, RestoreTarget target) {
		boolean hasInserts = segment.binlogs().stream().anyMatch((binlog) -> binlog.kind() == BinlogKind.INSERT);
		String problem = null;
		if (segment.partitionId() != Partition.ALL && partition(segment, target).isEmpty()) {
			problem = "segment " + segment.id() + " belongs to partition " + segment.partitionId()
					+ ", which the backup does not describe";
		}
		else if (segment.rows() > 0 && !segment.isL0() && !hasInserts) {
			problem = "segment " + segment.id() + " has " + segment.rows() + " rows but no insert logs";
		}
		else {
			problem = this.objects.lack(segment).orElse(null);
		}
		if (problem != null) {
			this.problems.putIfAbsent(segment.collectionId(), "the backup is damaged: " + problem);
		}
		return problem != null;
	}

	private void plan(SegmentGroup group) {
		for (RestoreTarget target : targets(group.any())) {
			this.imports.add(new ImportBatches.Part(group, target, partition(group.any(), target),
					paths(group, target.name()), this.ends.of(group.any(), target)));
		}
	}

	private void put(PlannedImport planned) {
		this.batch.add(planned);
		if (this.batch.size() == BATCH) {
			flush();
		}
	}

	private List<String> paths(SegmentGroup group, CollectionName target) {
		Segment segment = group.any();
		if (segment.isL0()) {
			return List.of(this.paths.l0(segment, target));
		}
		String deletes = group.deletes() ? this.paths.group(BinlogKind.DELTA, segment, target) : "";
		return List.of(this.paths.group(BinlogKind.INSERT, segment, target), deletes);
	}

	/**
	 * The partition's name, empty for the whole collection and for an unknown partition.
	 */
	private static String partition(Segment segment, RestoreTarget target) {
		return target.collection()
			.partitions()
			.stream()
			.filter((partition) -> partition.id() == segment.partitionId())
			.map(Partition::name)
			.findFirst()
			.orElse("");
	}

	private void flush() {
		this.ledger.plan(this.run, this.batch);
		this.batch.clear();
	}

}
