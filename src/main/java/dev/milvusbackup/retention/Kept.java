package dev.milvusbackup.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.milvusbackup.model.BackupName;

/**
 * Collects which rules keep which of the complete backups. Not thread-safe.
 */
final class Kept {

	private final List<Candidate> newestFirst;

	private final Map<BackupName, List<String>> reasons = new HashMap<>();

	Kept(List<Candidate> newestFirst) {
		this.newestFirst = newestFirst;
	}

	void newestGood() {
		this.newestFirst.stream()
			.filter((candidate) -> candidate.flaw().isEmpty())
			.findFirst()
			.ifPresent((candidate) -> keep(candidate, "newest good"));
	}

	/** Keeps the newest backup of each of so many periods. */
	void eachOf(String rule, int count, Function<Candidate, Object> period) {
		Set<Object> seen = new HashSet<>();
		for (Candidate candidate : this.newestFirst) {
			if (seen.size() == count) {
				return;
			}
			if (seen.add(period.apply(candidate))) {
				keep(candidate, rule);
			}
		}
	}

	/** Keeps what is not older, counted from the newest backup. */
	void within(Duration age, Instant now) {
		if (this.newestFirst.isEmpty()) {
			return;
		}
		Instant newest = this.newestFirst.get(0).backup().time();
		Instant oldest = (newest.isBefore(now) ? newest : now).minus(age);
		this.newestFirst.stream()
			.filter((candidate) -> !candidate.backup().time().isBefore(oldest))
			.forEach((candidate) -> keep(candidate, "within"));
	}

	/** Empty when no rule keeps it. */
	List<String> reasons(Candidate candidate) {
		return this.reasons.getOrDefault(candidate.backup().entry().name(), List.of());
	}

	private void keep(Candidate candidate, String rule) {
		this.reasons.computeIfAbsent(candidate.backup().entry().name(), (name) -> new ArrayList<>()).add(rule);
	}

}
