package dev.milvusbackup.verify;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ContentChecksum;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * Reads every byte of objects, several at once, and compares the number of bytes and,
 * where the entity tag is one, the MD5 of the content.
 */
final class ContentReader {

	private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

	private final ObjectStore store;

	private final int concurrency;

	private final Problems problems;

	private final LongAdder hashed = new LongAdder();

	private volatile @Nullable RuntimeException failure;

	ContentReader(ObjectStore store, int concurrency, Problems problems) {
		this.store = store;
		this.concurrency = concurrency;
		this.problems = problems;
	}

	/**
	 * Reads all objects and closes the stream. Returns how many had a checksum to compare
	 * with.
	 * @throws StorageException when the store fails otherwise than by a missing or cut
	 * object
	 */
	long readAll(Stream<ObjectStat> objects) {
		ExecutorService readers = Executors.newFixedThreadPool(this.concurrency);
		Semaphore queued = new Semaphore(2 * this.concurrency);
		try (objects) {
			objects.takeWhile((object) -> this.failure == null).forEach((object) -> {
				queued.acquireUninterruptibly();
				readers.execute(() -> {
					try {
						read(object);
					}
					finally {
						queued.release();
					}
				});
			});
		}
		finally {
			await(readers);
		}
		if (this.failure != null) {
			throw this.failure;
		}
		return this.hashed.sum();
	}

	private void read(ObjectStat object) {
		try {
			compare(object);
		}
		catch (ObjectNotFoundException ex) {
			this.problems.add(object.key().value(), "missing");
		}
		catch (IOException ex) {
			this.problems.add(object.key().value(), "cannot be read to its end: " + ex.getMessage());
		}
		catch (RuntimeException ex) {
			// Whatever it is: what was not compared must not pass as good.
			this.failure = ex;
		}
	}

	private void compare(ObjectStat object) throws IOException {
		ContentChecksum found = ContentChecksum.of(this.store.read(object.key()));
		if (found.bytes() != object.bytes()) {
			this.problems.add(object.key().value(), "has " + found.bytes() + " bytes, not " + object.bytes());
		}
		else if (object.etag() != null && MD5.matcher(object.etag()).matches()) {
			this.hashed.increment();
			if (!found.md5().equals(object.etag())) {
				this.problems.add(object.key().value(),
						"its content has checksum " + found.md5() + ", not " + object.etag());
			}
		}
	}

	private void await(ExecutorService readers) {
		readers.shutdown();
		try {
			readers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			readers.shutdownNow();
			this.failure = new StorageException(StorageException.Kind.TRANSIENT,
					"unable to verify '" + this.store.address() + "': interrupted", "run the same command again", ex);
			Thread.currentThread().interrupt();
		}
	}

}
