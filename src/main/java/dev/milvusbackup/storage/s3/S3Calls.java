package dev.milvusbackup.storage.s3;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StoreAddress;

/**
 * Waits for the library's answers. An interrupt ends the waiting at once; the request
 * then runs out by itself.
 */
final class S3Calls {

	private final StoreAddress address;

	S3Calls(StoreAddress address) {
		this.address = address;
	}

	<T> T call(String verb, String what, Supplier<CompletableFuture<T>> request) {
		CompletableFuture<T> answer;
		try {
			answer = request.get();
		}
		catch (RuntimeException ex) {
			throw S3Errors.translate(verb, named(what), ex);
		}
		return await(verb, what, answer);
	}

	<T> T await(String verb, String what, CompletableFuture<T> answer) {
		try {
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
