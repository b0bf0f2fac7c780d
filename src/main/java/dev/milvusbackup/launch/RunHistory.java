package dev.milvusbackup.launch;

import java.time.Instant;
import java.util.List;

import dev.milvusbackup.ledger.RunStatus;
import dev.milvusbackup.ledger.StatusQuery;

/**
 * Carries out {@code status}. Thread-safe.
 */
final class RunHistory {

	private final StatusQuery status;

	RunHistory(StatusQuery status) {
		this.status = status;
	}

	/**
	 * See {@link Runs#recent}.
	 */
	List<Runs.RunView> recent(int limit) {
		return this.status.recent(limit).stream().map(RunHistory::view).toList();
	}

	private static Runs.RunView view(RunStatus found) {
		RunStatus.Execution last = found.last();
		Instant started = (last != null && last.started() != null) ? last.started() : found.run().created();
		RunProgress progress = RunMonitor.progress(found);
		return new Runs.RunView(found.run(), (last != null) ? last.id() : 0, (last != null) ? last.status() : "NONE",
				progress.step(), progress, started, Math.max(0, found.executions() - 1),
				(last != null) ? last.message() : "");
	}

}
