package dev.milvusbackup.launch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Tells the log which run a line belongs to: known to the thread that opened it and to
 * all threads that are begun in it, as heartbeats, copies and imports are. Thread-safe.
 */
public final class RunLog implements AutoCloseable {

	private static final InheritableThreadLocal<@Nullable RunLog> CURRENT = new InheritableThreadLocal<>();

	private final Map<String, Object> marks = Collections.synchronizedMap(new LinkedHashMap<>());

	private final @Nullable RunLog outer;

	private RunLog(@Nullable RunLog outer) {
		this.outer = outer;
	}

	/** Begins with the marks that the thread has. */
	static RunLog open() {
		return with(marks());
	}

	/** Begins with these marks and no others. */
	public static RunLog with(Map<String, Object> marks) {
		RunLog log = new RunLog(CURRENT.get());
		log.marks.putAll(marks);
		CURRENT.set(log);
		return log;
	}

	/** Does the work with these marks and no others. */
	public static <T> T with(Map<String, Object> marks, Supplier<T> work) {
		RunLog log = with(marks);
		try {
			return work.get();
		}
		finally {
			log.close();
		}
	}

	/** Adds to the log that this thread has; nothing happens when it has none. */
	public static void mark(String name, Object value) {
		RunLog log = CURRENT.get();
		if (log != null) {
			log.marks.put(name, value);
		}
	}

	/**
	 * What this thread works for, as far as it is known: {@code request} (the id of the
	 * command, in the server of the HTTP request), {@code odate}, {@code action},
	 * {@code backup} and {@code run} (its number). Of a thread that works for all, what
	 * the process does. Empty outside of commands.
	 */
	public static Map<String, Object> marks() {
		RunLog log = CURRENT.get();
		if (log != null && servesAll(Thread.currentThread().getName())) {
			log = log.outermost();
		}
		if (log == null) {
			return Map.of();
		}
		synchronized (log.marks) {
			return new LinkedHashMap<>(log.marks);
		}
	}

	private RunLog outermost() {
		RunLog log = this;
		while (log.outer != null) {
			log = log.outer;
		}
		return log;
	}

	/** Threads that a library begins in one run and keeps for others. */
	private static boolean servesAll(String thread) {
		return thread.startsWith("grpc-") || thread.startsWith("job-repository");
	}

	/**
	 * Gives the thread back what it had before.
	 */
	@Override
	public void close() {
		CURRENT.set(this.outer);
	}

}
