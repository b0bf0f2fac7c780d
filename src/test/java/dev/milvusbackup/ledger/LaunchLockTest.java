package dev.milvusbackup.ledger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LaunchLockTest extends LedgerTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void oneAtATimeHoldsTheLock() {
		LaunchLock locks = new LaunchLock(this.ledger);
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(5);
		try {
			CompletableFuture<?>[] launches = new CompletableFuture<?>[5];
			for (int i = 0; i < launches.length; i++) {
				launches[i] = CompletableFuture.runAsync(() -> {
					LaunchLock.Launch launch = locks.acquire("backup 1", PATIENCE);
					most.accumulateAndGet(inside.incrementAndGet(), Math::max);
					openRun();
					inside.decrementAndGet();
					launch.close();
				}, threads);
			}
			CompletableFuture.allOf(launches).join();
		}
		finally {
			threads.shutdown();
		}
		assertThat(most).hasValue(1);
	}

	@Test
	void lockThatIsHeldTooLongIsAnError() {
		LaunchLock locks = new LaunchLock(this.ledger);
		LaunchLock.Launch held = locks.acquire("backup 1", PATIENCE);
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> locks.acquire("backup 1", Duration.ofMillis(10)))
			.withMessage("unable to launch 'backup 1': another process is launching it");
		locks.acquire("backup 2", Duration.ofMillis(10)).close();
		held.close();
		held.close();
		locks.acquire("backup 1", Duration.ofMillis(10)).close();
		assertThat(this.database.dataSource().getHikariPoolMXBean().getActiveConnections()).isZero();
	}

}
