package dev.milvusbackup.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the processes that share the H2 file which of them are in the middle of something
 * there, so that the one that holds the file does not leave in the midst of another one's
 * transaction. A lock for readers and writers between processes: two bytes of a file that
 * the operating system frees when a process is killed. Thread-safe.
 *
 * It makes failures rarer and refuses nothing: where the file system has no locks, or
 * another process does not answer in time, the work goes on without.
 */
final class FileUse implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(FileUse.class);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	// Who wants to begin passes this one first, so that the one that leaves is not kept
	// for ever by others who take turns.
	private static final long TURNSTILE = 0;

	private static final long USE = 1;

	private final @Nullable FileChannel file;

	private final Object turn = new Object();

	private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

	private int users;

	private @Nullable FileLock use;

	FileUse(Path file) {
		this.file = open(file);
	}

	private static @Nullable FileChannel open(Path file) {
		try {
			return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
		}
		catch (IOException ex) {
			log.debug("unable to open '{}'", file, ex);
			return null;
		}
	}

	/**
	 * Waits while the process that holds the database closes it, half a minute at most.
	 * The same thread may begin again before it ends; each call needs an {@link #end}.
	 */
	void begin() {
		if (this.depth.get() == 0) {
			synchronized (this.turn) {
				FileLock passed = lock(TURNSTILE, true, PATIENCE);
				enter();
				release(passed);
			}
		}
		else {
			enter();
		}
		this.depth.set(this.depth.get() + 1);
	}

	private synchronized void enter() {
		if (this.users++ == 0) {
			this.use = lock(USE, true, PATIENCE);
		}
	}

	/**
	 * By the thread that began.
	 */
	synchronized void end() {
		this.depth.set(this.depth.get() - 1);
		if (--this.users == 0) {
			release(this.use);
			this.use = null;
			notifyAll();
		}
	}

	/**
	 * Waits until nobody is in the middle of anything, and keeps everybody from beginning
	 * until this is closed. Not to be called by a thread that has begun and not ended.
	 * @param patience how long to wait for those
	 */
	void leave(Duration patience) {
		long deadline = System.nanoTime() + patience.toNanos();
		synchronized (this.turn) {
			lock(TURNSTILE, false, patience);
			awaitOwn(deadline);
			lock(USE, false, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
		}
	}

	private synchronized void awaitOwn(long deadline) {
		long left = deadline - System.nanoTime();
		while (this.users > 0 && left > 0) {
			try {
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			left = deadline - System.nanoTime();
		}
	}

	// FileChannel.lock would close the file when the thread is interrupted, and with it
	// free the locks of all threads.
	private @Nullable FileLock lock(long position, boolean shared, Duration patience) {
		if (this.file == null) {
			return null;
		}
		long deadline = System.nanoTime() + patience.toNanos();
		try {
			FileLock lock = this.file.tryLock(position, 1, shared);
			while (lock == null && System.nanoTime() < deadline) {
				LockSupport.parkNanos(PAUSE_NANOS);
				lock = this.file.tryLock(position, 1, shared);
			}
			return lock;
		}
		catch (IOException | OverlappingFileLockException ex) {
			log.debug("no lock on the use of the job repository", ex);
			return null;
		}
	}

	private static void release(@Nullable FileLock lock) {
		try {
			if (lock != null) {
				lock.release();
			}
		}
		catch (IOException ex) {
			log.debug("unable to release a lock on the use of the job repository", ex);
		}
	}

	@Override
	public void close() {
		try {
			if (this.file != null) {
				this.file.close();
			}
		}
		catch (IOException ex) {
			log.debug("unable to close the file for the use of the job repository", ex);
		}
	}

}
