package dev.milvusbackup.storage.s3;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that take the answers of a store; they do not keep the process alive.
 * Remembers what ended one of them, as the answer that it held never reaches whoever
 * waits for it. Thread-safe.
 */
final class S3Threads implements ThreadFactory {

	private static final Logger logger = LoggerFactory.getLogger(S3Threads.class);

	private final AtomicInteger number = new AtomicInteger();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "s3-" + this.number.incrementAndGet());
		thread.setDaemon(true);
		thread.setUncaughtExceptionHandler(this::ended);
		return thread;
	}

	private void ended(Thread thread, Throwable cause) {
		this.failure.compareAndSet(null, cause);
		logger.warn("{} ended with an answer that nobody will get", thread.getName(), cause);
	}

	/**
	 * What ended the first thread that did not end by itself; null when none did.
	 */
	@Nullable Throwable failure() {
		return this.failure.get();
	}

}
