package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.ImportLedger;
import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import org.jspecify.annotations.Nullable;

/**
 * Import jobs that were submitted and that the server does not know any more. The rows of
 * a collection that only this run fills tell whether they were executed. Not thread-safe.
 */
final class VanishedImports {

	static final String UNKNOWN = "the server lost an import job, and the rows in the collection do not tell whether it "
			+ "was executed; drop the collection and restore it again";

	private final RestoreRun run;

	private final ImportLedger ledger;

	private final Map<String, List<PlannedImport>> vanished = new HashMap<>();

	VanishedImports(RestoreRun run) {
		this.run = run;
		this.ledger = run.ledgers().imports();
	}

	void add(PlannedImport planned) {
		this.vanished.computeIfAbsent(planned.collection(), (collection) -> new ArrayList<>()).add(planned);
	}

	boolean isEmpty() {
		return this.vanished.isEmpty();
	}

	boolean concerns(RestoreTarget target) {
		return this.vanished.containsKey(target.name().toString());
	}

	Set<String> collections() {
		return Set.copyOf(this.vanished.keySet());
	}

	/**
	 * Decides about a collection of which no job runs, and forgets it. What was imported
	 * is marked so in the ledger.
	 * @param target null when the collection has failed
	 */
	Verdict resolve(String collection, @Nullable RestoreTarget target) {
		List<PlannedImport> jobs = this.vanished.remove(collection);
		if (jobs == null || target == null) {
			return Verdict.NOTHING;
		}
		if (jobs.stream().noneMatch((job) -> job.order() == ImportOrder.DATA)) {
			// deletes that are done twice are done
			return new Verdict(0, jobs, Optional.empty());
		}
		if (!target.createdByRun()) {
			return new Verdict(0, List.of(), Optional.of(jobs.get(0)));
		}
		Map<String, Long> rows = unexplainedRows(target);
		Verdict verdict = Verdict.NOTHING;
		for (List<PlannedImport> ofPartition : byPartition(jobs).values()) {
			long found = rows.getOrDefault(ofPartition.get(0).partition(), 0L);
			verdict = verdict.plus(decide(ofPartition, found));
		}
		return verdict;
	}

	private Verdict decide(List<PlannedImport> jobs, long found) {
		long planned = jobs.stream().mapToLong(PlannedImport::rows).sum();
		boolean exact = jobs.stream().noneMatch(PlannedImport::hasDeletes);
		if (found == 0) {
			return new Verdict(0, jobs, Optional.empty());
		}
		if (found == planned && (exact || jobs.size() == 1)) {
			jobs.forEach((job) -> this.ledger.imported(this.run.id(), job.key(), job.rows()));
			return new Verdict(jobs.size(), List.of(), Optional.empty());
		}
		if (jobs.size() == 1 && !exact && found > 0 && found < planned) {
			this.ledger.imported(this.run.id(), jobs.get(0).key(), found);
			return new Verdict(1, List.of(), Optional.empty());
		}
		return new Verdict(0, List.of(), Optional.of(jobs.get(0)));
	}

	/**
	 * Rows by partition that no import accounts for.
	 */
	private Map<String, Long> unexplainedRows(RestoreTarget target) {
		MilvusCatalog catalog = this.run.milvus().catalog();
		Map<Long, String> names = catalog.partitions(target.name(), LoadState.NOT_LOADED)
			.stream()
			.collect(Collectors.toMap(Partition::id, Partition::name));
		Map<String, Long> rows = new HashMap<>();
		for (PersistentSegment segment : catalog.segments(target.name())) {
			rows.merge(names.getOrDefault(segment.partitionId(), ""), segment.rows(), Long::sum);
		}
		try (Stream<PlannedImport> imports = this.run.ledgers()
			.queue()
			.ofCollection(this.run.id(), target.name().toString())) {
			imports.filter((planned) -> planned.state() == State.IMPORTED)
				.forEach((planned) -> rows.merge(planned.partition(), -planned.rowsImported(), Long::sum));
		}
		return rows;
	}

	private static Map<String, List<PlannedImport>> byPartition(List<PlannedImport> jobs) {
		return jobs.stream().collect(Collectors.groupingBy(PlannedImport::partition));
	}

	/**
	 * What became of the jobs.
	 *
	 * @param imported how many were executed
	 * @param lost those that were not, which can be sent again
	 * @param unknown one of those of which nobody can tell
	 */
	record Verdict(int imported, List<PlannedImport> lost, Optional<PlannedImport> unknown) {

		static final Verdict NOTHING = new Verdict(0, List.of(), Optional.empty());

		Verdict plus(Verdict other) {
			List<PlannedImport> all = new ArrayList<>(this.lost);
			all.addAll(other.lost);
			return new Verdict(this.imported + other.imported, all, this.unknown.or(other::unknown));
		}

	}

}
