package dev.milvusbackup.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects problems, one an object: counts all, keeps the first. Thread-safe.
 */
final class Problems {

	private static final int MOST_KEPT = 1000;

	private final Map<String, Problem> first = new LinkedHashMap<>();

	private long count;

	synchronized void add(String key, String what) {
		if (this.first.containsKey(key)) {
			return;
		}
		this.count++;
		if (this.first.size() < MOST_KEPT) {
			this.first.put(key, new Problem(key, what));
		}
	}

	synchronized long count() {
		return this.count;
	}

	synchronized List<Problem> first() {
		return List.copyOf(this.first.values());
	}

}
