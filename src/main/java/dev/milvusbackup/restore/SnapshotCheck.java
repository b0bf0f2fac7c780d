package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.model.Index;

/**
 * Compares a collection that Milvus restored with the backup.
 */
final class SnapshotCheck {

	private static final int COUNTS = 5;

	private final RestoreRun run;

	private final MilvusCatalog catalog;

	private final Duration pause;

	/**
	 * @param pause between two counts of rows that differ
	 */
	SnapshotCheck(RestoreRun run, Duration pause) {
		this.run = run;
		this.catalog = run.milvus().catalog();
		this.pause = pause;
	}

	/**
	 * What there is to say of indexes and rows.
	 */
	RowCheck.Result check(RestoreTarget target) {
		Optional<PlannedImport> planned;
		try (Stream<PlannedImport> imports = this.run.ledgers()
			.queue()
			.ofCollection(this.run.id(), target.name().toString())) {
			planned = imports.findFirst();
		}
		if (planned.isEmpty() || planned.get().state() != State.IMPORTED) {
			return RowCheck.Result.problem("its snapshot was not restored");
		}
		Set<String> indexed = this.run.milvus()
			.schema()
			.indexes(target.name())
			.stream()
			.map(Index::fieldName)
			.collect(Collectors.toSet());
		for (Index index : target.collection().indexes()) {
			if (!indexed.contains(index.fieldName())) {
				return RowCheck.Result.problem("the index of field " + index.fieldName() + " is missing");
			}
		}
		return checkRows(target, planned.get().rows());
	}

	/**
	 * The Go tool records no rows. Fewer may be there when Milvus has taken deleted ones
	 * away by now.
	 */
	private RowCheck.Result checkRows(RestoreTarget target, long expected) {
		long found = rows(target);
		for (int count = 1; count < COUNTS && expected > 0 && found != expected; count++) {
			LockSupport.parkNanos(this.pause.toNanos());
			found = rows(target);
		}
		if (expected == 0) {
			return RowCheck.Result.note("rows were not compared: the backup does not tell their number");
		}
		if (found == expected) {
			return RowCheck.Result.GOOD;
		}
		return (found == 0 || found > expected)
				? RowCheck.Result.problem("expected " + expected + " rows in the collection, found " + found)
				: RowCheck.Result
					.note("there are " + found + " rows, " + expected + " were backed up, deleted ones included");
	}

	private long rows(RestoreTarget target) {
		return this.catalog.segments(target.name()).stream().mapToLong(PersistentSegment::rows).sum();
	}

}
