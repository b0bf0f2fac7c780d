package dev.milvusbackup.restore;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.ledger.ImportQueue;
import dev.milvusbackup.ledger.PlannedImport;

/**
 * The imports of one order that are left to do: page by page from the ledger, and those
 * that are to be sent again at a later time. Not thread-safe.
 */
final class OpenImports {

	private static final int PAGE = 200;

	private static final int MOST_TRIES = 3;

	private final long run;

	private final ImportQueue ledger;

	private final int order;

	private final ImportTimings timings;

	private final Deque<PlannedImport> page = new ArrayDeque<>();

	private final Deque<Later> later = new ArrayDeque<>();

	private final Map<String, Integer> tries = new HashMap<>();

	private String lastKey = "";

	private boolean exhausted;

	OpenImports(long run, ImportQueue ledger, int order, ImportTimings timings) {
		this.run = run;
		this.ledger = ledger;
		this.order = order;
		this.timings = timings;
	}

	/**
	 * The next import that may be started now.
	 */
	Optional<PlannedImport> next(Instant now) {
		for (Iterator<Later> waiting = this.later.iterator(); waiting.hasNext();) {
			Later next = waiting.next();
			if (!now.isBefore(next.notBefore())) {
				waiting.remove();
				return Optional.of(next.planned());
			}
		}
		if (this.page.isEmpty() && !this.exhausted) {
			List<PlannedImport> read = this.ledger.open(this.run, this.order, this.lastKey, PAGE);
			this.page.addAll(read);
			this.exhausted = read.isEmpty();
		}
		PlannedImport planned = this.page.poll();
		if (planned != null) {
			this.lastKey = planned.key();
		}
		return Optional.ofNullable(planned);
	}

	/**
	 * Whether there is nothing left, now or later.
	 */
	boolean isEmpty() {
		return this.page.isEmpty() && this.exhausted && this.later.isEmpty();
	}

	/**
	 * Puts an import off that cannot be started yet.
	 */
	void postpone(PlannedImport planned, Instant now) {
		this.later.add(new Later(planned, now.plus(this.timings.retry())));
	}

	/**
	 * Counts a try and puts the import off, unless it was the last one.
	 * @return whether there is another try
	 */
	boolean tryAgain(PlannedImport planned, PlannedImport.State state, Instant now) {
		int failures = this.tries.merge(planned.key(), 1, Integer::sum);
		if (failures >= MOST_TRIES) {
			return false;
		}
		this.later
			.add(new Later(planned.again(state), now.plus(this.timings.retry().multipliedBy(1L << (failures - 1)))));
		return true;
	}

	private record Later(PlannedImport planned, Instant notBefore) {
	}

}
