package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusException.Kind;
import org.springframework.batch.core.step.StepExecution;

/**
 * Compares the rows that a query finds in a loaded target with those that were restored
 * into it: unlike the sizes of segments, it sees deletes.
 */
final class QueryCheck {

	private static final int COUNTS = 30;

	private final MilvusCatalog catalog;

	private final BiFunction<RestoreTarget, List<String>, ExpectedRows> expected;

	/** Whether somebody asked for it. */
	private final boolean wanted;

	private final Duration pause;

	/**
	 * @param expected in some partitions, or in all when none is named
	 * @param pause between two counts that differ: what is imported into a loaded
	 * collection is found a little later only
	 */
	QueryCheck(RestoreRun run, BiFunction<RestoreTarget, List<String>, ExpectedRows> expected, Duration pause) {
		this.catalog = run.milvus().catalog();
		this.expected = expected;
		this.wanted = run.request().details().wishes().count();
		this.pause = pause;
	}

	/**
	 * What is wrong and what cannot be known.
	 * @param partitions those that are loaded; empty for all
	 */
	RowCheck.Result check(RestoreTarget target, List<String> partitions, StepExecution step) {
		if (!this.catalog.countsRows()) {
			return this.wanted
					? RowCheck.Result
						.note("rows were not counted by a query: Milvus " + this.catalog.version() + " cannot do that")
					: RowCheck.Result.GOOD;
		}
		ExpectedRows rows = this.expected.apply(target, partitions);
		try {
			long found = this.catalog.count(target.name(), partitions);
			for (int count = 1; count < COUNTS && !isGood(target, rows, found); count++) {
				pause(target, step);
				found = this.catalog.count(target.name(), partitions);
			}
			return result(target, rows, found);
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.DENIED || this.wanted) {
				throw ex;
			}
			return RowCheck.Result.note("rows were not counted by a query: " + ex.getMessage());
		}
	}

	private static boolean isGood(RestoreTarget target, ExpectedRows rows, long found) {
		if (rows.rows() < 0) {
			return true;
		}
		boolean enough = found >= rows.rows() || !rows.exact();
		return enough && (found <= rows.rows() || !target.createdByRun());
	}

	private static RowCheck.Result result(RestoreTarget target, ExpectedRows rows, long found) {
		String finds = "a query finds " + found + " rows";
		if (!isGood(target, rows, found)) {
			return RowCheck.Result.problem(finds + ", " + rows.rows() + " were restored");
		}
		if (!target.createdByRun()) {
			return RowCheck.Result
				.note(finds + ", those that were there before included; " + rows.rows() + " were restored");
		}
		if (rows.rows() < 0) {
			return RowCheck.Result.note(finds + "; the backup does not tell how many there were");
		}
		return (found == rows.rows()) ? RowCheck.Result.GOOD : RowCheck.Result.note(finds + " of " + rows.rows()
				+ " restored ones: the others are deleted or expired, as far as can be known");
	}

	private void pause(RestoreTarget target, StepExecution step) {
		if (step.isTerminateOnly() || Thread.currentThread().isInterrupted()) {
			throw new MilvusException(Kind.UNAVAILABLE, "unable to count the rows of '" + target.name() + "': stopped",
					"run the same command again: it goes on", null);
		}
		LockSupport.parkNanos(this.pause.toNanos());
	}

}
