package dev.milvusbackup.storage.s3;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StoreAddress;

/**
 * Waits for the library's answers. An interrupt ends the waiting at once, except for a
 * copy's answer; the request then runs out by itself.
 */
final class S3Calls {

	private static final long CHECK_SECONDS = 1;

	private final StoreAddress address;

	private final S3Threads threads;

	S3Calls(StoreAddress address, S3Threads threads) {
		this.address = address;
		this.threads = threads;
	}

	<T> T call(String verb, String what, Supplier<CompletableFuture<T>> request) {
		return await(verb, what, start(request));
	}

	/**
	 * The answer to come, also when the request could not even be sent.
	 */
	static <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> request) {
		try {
			return request.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	<T> T await(String verb, String what, CompletableFuture<T> answer) {
		try {
			while (!isThere(answer)) {
				requireThreads(verb, what);
			}
			return answer.get();
		}
		catch (ExecutionException ex) {
			throw S3Errors.translate(verb, named(what), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			answer.thenAccept(S3Calls::discard);
			throw new StorageException(StorageException.Kind.TRANSIENT,
					"unable to " + verb + " '" + named(what) + "': interrupted", null, ex);
		}
	}

	/**
	 * Waits a while for the answer.
	 * @throws ExecutionException when there is a failure instead
	 */
	private static boolean isThere(CompletableFuture<?> answer) throws InterruptedException, ExecutionException {
		try {
			answer.get(CHECK_SECONDS, TimeUnit.SECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	/**
	 * Without this a call would wait for ever for what a thread held that has ended.
	 */
	private void requireThreads(String verb, String what) {
		Throwable failure = this.threads.failure();
		if (failure != null) {
			throw new StorageException(StorageException.Kind.PERMANENT,
					"unable to " + verb + " '" + named(what) + "': an answer was lost: " + failure,
					(failure instanceof OutOfMemoryError) ? "give Java more memory with -Xmx" : null, failure);
		}
	}

	String named(String what) {
		return this.address + "/" + what;
	}

	/**
	 * Gives the connection of an answer back that nobody waits for any more.
	 */
	private static void discard(Object answer) {
		if (answer instanceof Closeable closeable) {
			try {
				closeable.close();
			}
			catch (IOException ex) {
				throw new IllegalStateException("unable to discard an answer", ex);
			}
		}
	}

}
