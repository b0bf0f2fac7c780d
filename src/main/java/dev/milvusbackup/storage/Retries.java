package dev.milvusbackup.storage;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Calls an action again while it fails with {@link StorageException.Kind#TRANSIENT}, with
 * exponential backoff and full jitter. An action that has itself been retried and given
 * up is not tried again. An interrupt ends the waiting at once, the flag kept.
 * Thread-safe.
 */
public final class Retries {

	private final RetryPolicy policy;

	private final Pause pause;

	private final LongSupplier nanoTime;

	private final DoubleSupplier random;

	public Retries(RetryPolicy policy) {
		this(policy, new LongAdder());
	}

	/**
	 * @param count is raised at each repetition
	 */
	public Retries(RetryPolicy policy, LongAdder count) {
		this(policy, (nanos) -> {
			TimeUnit.NANOSECONDS.sleep(nanos);
			count.increment();
		}, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * @param nanoTime clock with any origin
	 * @param random numbers of [0, 1), the share of the longest wait that is waited
	 */
	Retries(RetryPolicy policy, Pause pause, LongSupplier nanoTime, DoubleSupplier random) {
		this.policy = policy;
		this.pause = pause;
		this.nanoTime = nanoTime;
		this.random = random;
	}

	/**
	 * The action's result.
	 * @throws StorageException the action's own when it is not transient; else one that
	 * tells how often it was tried
	 */
	public <T extends @Nullable Object> T call(Supplier<T> action) {
		long start = this.nanoTime.getAsLong();
		for (int attempt = 1;; attempt++) {
			try {
				return action.get();
			}
			catch (StorageException ex) {
				if (ex.kind() != StorageException.Kind.TRANSIENT || ex instanceof GivenUpException) {
					throw ex;
				}
				waitOrGiveUp(ex, attempt, start);
			}
		}
	}

	/**
	 * As {@link #call}, of an action without result.
	 */
	public void run(Runnable action) {
		this.<@Nullable Void>call(() -> {
			action.run();
			return null;
		});
	}

	private void waitOrGiveUp(StorageException failure, int attempt, long start) {
		long wait = (long) (this.policy.ceiling(attempt).toNanos() * this.random.getAsDouble());
		long spent = this.nanoTime.getAsLong() - start;
		if (Thread.currentThread().isInterrupted()) {
			throw new GivenUpException(failure, "interrupted");
		}
		if (attempt >= this.policy.attempts() || spent + wait > this.policy.limit().toNanos()) {
			throw new GivenUpException(failure,
					"gave up after " + attempt + " attempts in " + Duration.ofNanos(spent).toSeconds() + " s");
		}
		try {
			this.pause.sleep(wait);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new GivenUpException(failure, "interrupted");
		}
	}

	/**
	 * Waits; replaced in tests.
	 */
	interface Pause {

		void sleep(long nanos) throws InterruptedException;

	}

	/**
	 * Still transient for whoever decides on the whole run, but not to be retried here.
	 */
	private static final class GivenUpException extends StorageException {

		GivenUpException(StorageException failure, String why) {
			super(Kind.TRANSIENT, failure.getMessage() + " (" + why + ")", failure.hint(), failure);
		}

	}

}
