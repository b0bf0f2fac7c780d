package dev.milvusbackup.testing.milvus;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often a flush is reported as not done yet, and what happens after it. Thread-safe.
 */
final class FlushSettings {

	private final AtomicInteger unfinishedAnswers = new AtomicInteger();

	private final Map<String, Runnable> afterwards = new ConcurrentHashMap<>();

	void unfinishedAnswers(int count) {
		this.unfinishedAnswers.set(count);
	}

	void afterwards(String collection, Runnable action) {
		this.afterwards.put(collection, action);
	}

	void done(String collection) {
		Runnable action = this.afterwards.remove(collection);
		if (action != null) {
			action.run();
		}
	}

	void allDone() {
		Set.copyOf(this.afterwards.keySet()).forEach(this::done);
	}

	boolean isFinished() {
		return this.unfinishedAnswers.getAndUpdate((count) -> Math.max(0, count - 1)) == 0;
	}

}
