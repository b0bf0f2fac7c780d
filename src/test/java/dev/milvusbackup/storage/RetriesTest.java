package dev.milvusbackup.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.milvusbackup.storage.StorageException.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RetriesTest {

	private static final RetryPolicy POLICY = new RetryPolicy(10, Duration.ofMillis(200), Duration.ofSeconds(3),
			Duration.ofMinutes(10));

	private final AtomicLong now = new AtomicLong(17);

	private final List<Long> waits = new ArrayList<>();

	private final AtomicInteger attempts = new AtomicInteger();

	@Test
	void waitsLongerEachTimeUpToTheCeiling() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> retries(1).call(this::failTransiently))
			.withMessage("unable to reach it (gave up after 10 attempts in 18 s)")
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(Kind.TRANSIENT);
				assertThat(ex.hint()).isEqualTo("a hint");
			});
		assertThat(this.waits).containsExactly(200L, 400L, 800L, 1600L, 3000L, 3000L, 3000L, 3000L, 3000L);
		assertThat(this.attempts).hasValue(10);
	}

	@Test
	void theWaitIsARandomShare() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> retries(0.5).call(this::failTransiently));
		assertThat(this.waits).startsWith(100L, 200L, 400L, 800L, 1500L, 1500L);
	}

	@Test
	void endsWithTheFirstSuccess() {
		String result = retries(1).call(() -> (this.attempts.get() < 2) ? failTransiently() : "done");
		assertThat(result).isEqualTo("done");
		assertThat(this.waits).hasSize(2);
	}

	@Test
	void onlyTransientFailuresAreRetried() {
		for (Kind kind : List.of(Kind.PERMANENT, Kind.CONFIGURATION)) {
			StorageException failure = new StorageException(kind, "no", null, null);
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> retries(1).run(() -> {
				throw failure;
			})).isSameAs(failure);
		}
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> retries(1).run(() -> {
			throw new IllegalStateException("a bug");
		}));
		assertThat(this.waits).isEmpty();
	}

	@Test
	void noAttemptStartsAfterTheLimit() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> retries(1).call(() -> {
			this.now.addAndGet(TimeUnit.MINUTES.toNanos(5));
			return failTransiently();
		})).withMessageContaining("gave up after 2 attempts in 600 s");
	}

	@Test
	void whatWasGivenUpIsNotRetriedAgainOutside() {
		Retries inner = retries(1);
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> retries(1).call(() -> inner.call(this::failTransiently)))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.TRANSIENT));
		assertThat(this.attempts).hasValue(10);
	}

	@Test
	void anInterruptedThreadDoesNotTryAgain() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> retries(1).call(this::failTransiently))
			.withMessageEndingWith("(interrupted)");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void anInterruptEndsTheWaitAndIsKept() {
		Retries interrupted = new Retries(POLICY, (nanos) -> {
			throw new InterruptedException();
		}, this.now::get, () -> 1);
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> interrupted.call(this::failTransiently))
			.withMessageEndingWith("(interrupted)");
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void aPolicyWithoutAttemptsIsRefused() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
	}

	private Retries retries(double share) {
		return new Retries(POLICY, (nanos) -> {
			this.waits.add(TimeUnit.NANOSECONDS.toMillis(nanos));
			this.now.addAndGet(nanos);
		}, this.now::get, () -> share);
	}

	private String failTransiently() {
		this.attempts.incrementAndGet();
		throw new StorageException(Kind.TRANSIENT, "unable to reach it", "a hint", null);
	}

}
