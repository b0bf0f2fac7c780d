package dev.milvusbackup.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.VerifyProgress.FoundProblem;
import dev.milvusbackup.manifest.ManifestException;

/**
 * Collects problems, one an object: counts all, keeps the first. Thread-safe.
 */
final class Problems {

	private static final int MOST_KEPT = 1000;

	private final Map<String, FoundProblem> first = new LinkedHashMap<>();

	private long count;

	/**
	 * As an earlier execution found them.
	 */
	static Problems of(long count, List<FoundProblem> first) {
		Problems problems = new Problems();
		first.forEach((problem) -> problems.first.put(problem.key(), problem));
		problems.count = count;
		return problems;
	}

	synchronized void add(String key, String what) {
		if (this.first.containsKey(key)) {
			return;
		}
		this.count++;
		if (this.first.size() < MOST_KEPT) {
			this.first.put(key, new FoundProblem(key, what));
		}
	}

	/**
	 * The description itself is damaged.
	 * @throws ManifestException the same, when it is not damage
	 */
	void addDescription(BackupLayout backup, ManifestException damage) {
		if (damage.kind() != ManifestException.Kind.DAMAGED) {
			throw damage;
		}
		add(backup.meta().value(), String.valueOf(damage.getMessage()));
	}

	synchronized long count() {
		return this.count;
	}

	synchronized List<FoundProblem> found() {
		return List.copyOf(this.first.values());
	}

}
