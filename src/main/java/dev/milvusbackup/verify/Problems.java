package dev.milvusbackup.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects problems: counts all, keeps the first. Thread-safe.
 */
final class Problems {

	private static final int MOST_KEPT = 1000;

	private final List<Problem> first = new ArrayList<>();

	private long count;

	synchronized void add(String key, String what) {
		this.count++;
		if (this.first.size() < MOST_KEPT) {
			this.first.add(new Problem(key, what));
		}
	}

	synchronized long count() {
		return this.count;
	}

	synchronized List<Problem> first() {
		return List.copyOf(this.first);
	}

}
