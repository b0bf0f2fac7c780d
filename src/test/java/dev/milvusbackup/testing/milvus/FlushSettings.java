package dev.milvusbackup.testing.milvus;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often a flush is reported as not done yet. Thread-safe.
 */
final class FlushSettings {

	private final AtomicInteger unfinishedAnswers = new AtomicInteger();

	void unfinishedAnswers(int count) {
		this.unfinishedAnswers.set(count);
	}

	boolean isFinished() {
		return this.unfinishedAnswers.getAndUpdate((count) -> Math.max(0, count - 1)) == 0;
	}

}
