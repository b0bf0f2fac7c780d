package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.awaitility.Awaitility.await;

/**
 * Counts how often a run has told its progress: each time it looks whether it is to stop,
 * too.
 */
final class MonitorTicks implements ProgressListener {

	private final AtomicInteger ticks = new AtomicInteger();

	@Override
	public void progress(RunProgress progress) {
		this.ticks.incrementAndGet();
	}

	/**
	 * Returns when the run has noticed a stop that was recorded before: the next report
	 * may have looked earlier, the second acts after it is told, and the third comes
	 * later.
	 */
	void awaitNoticed() {
		int before = this.ticks.get();
		await().atMost(Duration.ofMinutes(2)).until(() -> this.ticks.get() >= before + 3);
	}

}
