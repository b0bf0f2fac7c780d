package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;

/**
 * Compares the rows of a target with what was imported, and that with the backup.
 */
final class RowCheck {

	private static final String TIME_TO_LIVE = "collection.ttl.seconds";

	private static final int COUNTS = 5;

	private final RestoreRun run;

	private final MilvusCatalog catalog;

	private final Duration pause;

	/**
	 * @param pause between two counts of rows that differ, as a server needs a moment to
	 * show what it has imported
	 */
	RowCheck(RestoreRun run, Duration pause) {
		this.run = run;
		this.catalog = run.milvus().catalog();
		this.pause = pause;
	}

	/**
	 * What is wrong, empty when nothing is.
	 */
	Optional<String> check(RestoreTarget target) {
		Totals totals = new Totals(this.run.ledgers().queue().rowsImported(this.run.id()) == 0);
		try (Stream<PlannedImport> imports = this.run.ledgers()
			.queue()
			.ofCollection(this.run.id(), target.name().toString())) {
			imports.forEach(totals::add);
		}
		if (!totals.problems.isEmpty()) {
			return Optional.of(String.join("; ", totals.problems));
		}
		return target.createdByRun() ? checkCollection(target, totals) : Optional.empty();
	}

	private Optional<String> checkCollection(RestoreTarget target, Totals totals) {
		long imported = totals.imported;
		this.catalog.flush(target.name(), this.run.settings().noProgressLimit());
		long found = rows(target);
		for (int count = 1; count < COUNTS && found != imported; count++) {
			LockSupport.parkNanos(this.pause.toNanos());
			found = rows(target);
		}
		boolean expired = found < imported && (totals.hasL0 || hasTimeToLive(target));
		if (found == imported || expired) {
			return Optional.empty();
		}
		return Optional.of("expected " + imported + " rows in the collection, found " + found);
	}

	private long rows(RestoreTarget target) {
		return this.catalog.segments(target.name()).stream().mapToLong(PersistentSegment::rows).sum();
	}

	/**
	 * Milvus takes deleted and expired rows away when it compacts segments.
	 */
	private static boolean hasTimeToLive(RestoreTarget target) {
		return Stream
			.concat(target.collection().properties().stream(), target.collection().schema().properties().stream())
			.anyMatch((property) -> property.key().equals(TIME_TO_LIVE));
	}

	/**
	 * Sums up imports.
	 */
	private static final class Totals {

		private static final int MOST_PROBLEMS = 5;

		private final List<String> problems = new ArrayList<>();

		/** Deletes may explain one empty import, but not that all are. */
		private final boolean nothingImported;

		private boolean hasL0;

		private long imported;

		Totals(boolean nothingImported) {
			this.nothingImported = nothingImported;
		}

		void add(PlannedImport planned) {
			this.imported += planned.rowsImported();
			boolean data = planned.order() == ImportOrder.DATA;
			this.hasL0 |= !data;
			long missing = planned.rows() - planned.rowsImported();
			if (planned.state() != State.IMPORTED) {
				problem("import " + planned.key() + " did not end: " + planned.state());
			}
			else if (data && planned.rows() > 0 && planned.rowsImported() == 0 && this.nothingImported) {
				problem("Milvus found nothing in " + planned.paths());
			}
			else if (data && (missing < 0 || (missing > 0 && !planned.hasDeletes()))) {
				problem("expected " + planned.rows() + " rows from " + planned.paths() + ", Milvus imported "
						+ planned.rowsImported());
			}
		}

		private void problem(String problem) {
			if (this.problems.size() < MOST_PROBLEMS) {
				this.problems.add(problem);
			}
		}

	}

}
