package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
	 * What is wrong and what cannot be known.
	 */
	Result check(RestoreTarget target) {
		Totals totals = new Totals(this.run.ledgers().queue().rowsImported(this.run.id()) == 0);
		try (Stream<PlannedImport> imports = this.run.ledgers()
			.queue()
			.ofCollection(this.run.id(), target.name().toString())) {
			imports.forEach(totals::add);
		}
		if (!totals.problems.isEmpty()) {
			return Result.problem(String.join("; ", totals.problems));
		}
		return target.createdByRun() ? checkCollection(target, totals)
				: Result.note("not all rows were counted: the collection existed before");
	}

	private Result checkCollection(RestoreTarget target, Totals totals) {
		long imported = totals.imported;
		this.catalog.flush(target.name(), this.run.settings().noProgressLimit());
		long found = rows(target);
		for (int count = 1; count < COUNTS && found != imported; count++) {
			LockSupport.parkNanos(this.pause.toNanos());
			found = rows(target);
		}
		// Milvus takes deleted and expired rows away when it compacts segments
		boolean expires = ExpectedRows.expires(target.collection());
		if (found == imported || found < imported && (totals.hasL0 || expires)) {
			return totals.isComparable(found) ? Result.GOOD : Result.note(totals.describe(found, expires));
		}
		return Result.problem("expected " + imported + " rows in the collection, found " + found);
	}

	private long rows(RestoreTarget target) {
		return this.catalog.segments(target.name()).stream().mapToLong(PersistentSegment::rows).sum();
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

		/** As the backup counts them, deleted ones included. */
		private long planned;

		Totals(boolean nothingImported) {
			this.nothingImported = nothingImported;
		}

		void add(PlannedImport planned) {
			this.imported += planned.rowsImported();
			this.planned += planned.rows();
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

		/**
		 * Deletes of segments of their own come into effect at any time.
		 */
		boolean isComparable(long found) {
			return !this.hasL0 && found == this.planned;
		}

		String describe(long found, boolean expires) {
			return "rows are not comparable: the backup counts " + this.planned + " with deleted "
					+ (expires ? "and expired " : "") + "ones, there are " + found
					+ (this.hasL0 ? " before deletes that are on their way" : "");
		}

		private void problem(String problem) {
			if (this.problems.size() < MOST_PROBLEMS) {
				this.problems.add(problem);
			}
		}

	}

	/**
	 * What came of it; both empty when all rows are there for certain.
	 *
	 * @param problem what is wrong, else empty
	 * @param note what cannot be known, else empty
	 */
	record Result(String problem, String note) {

		static final Result GOOD = new Result("", "");

		static Result problem(String problem) {
			return new Result(problem, "");
		}

		static Result note(String note) {
			return new Result("", note);
		}

	}

}
