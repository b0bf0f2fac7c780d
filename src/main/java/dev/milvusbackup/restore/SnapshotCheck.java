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
import dev.milvusbackup.model.Collection;
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
	 * What is wrong, empty when nothing is.
	 */
	Optional<String> check(RestoreTarget target) {
		Optional<PlannedImport> planned;
		try (Stream<PlannedImport> imports = this.run.ledgers()
			.queue()
			.ofCollection(this.run.id(), target.name().toString())) {
			planned = imports.findFirst();
		}
		if (planned.isEmpty() || planned.get().state() != State.IMPORTED) {
			return Optional.of("its snapshot was not restored");
		}
		Collection there = this.catalog.describe(target.name());
		String difference = Preflight.difference(target.collection(), there);
		if (!difference.isEmpty()) {
			return Optional.of("expected " + difference);
		}
		Set<String> indexed = there.indexes().stream().map(Index::fieldName).collect(Collectors.toSet());
		for (Index index : target.collection().indexes()) {
			if (!indexed.contains(index.fieldName())) {
				return Optional.of("the index of field " + index.fieldName() + " is missing");
			}
		}
		return checkRows(target, planned.get().rows());
	}

	/**
	 * The Go tool records no rows. Fewer may be there when Milvus has taken deleted ones
	 * away by now.
	 */
	private Optional<String> checkRows(RestoreTarget target, long expected) {
		long found = rows(target);
		for (int count = 1; count < COUNTS && expected > 0 && found != expected; count++) {
			LockSupport.parkNanos(this.pause.toNanos());
			found = rows(target);
		}
		if (expected == 0 || found == expected) {
			return Optional.empty();
		}
		if (found == 0 || found > expected) {
			return Optional.of("expected " + expected + " rows in the collection, found " + found);
		}
		this.run.targets()
			.note(target, "there are " + found + " rows, " + expected + " were backed up, deleted ones included");
		return Optional.empty();
	}

	private long rows(RestoreTarget target) {
		return this.catalog.segments(target.name()).stream().mapToLong(PersistentSegment::rows).sum();
	}

}
