package dev.milvusbackup.launch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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

	/** Begins without any mark. */
	static RunLog open() {
		RunLog log = new RunLog(CURRENT.get());
		CURRENT.set(log);
		return log;
	}

	/** Adds to the log that this thread has; nothing happens when it has none. */
	static void mark(String name, Object value) {
		RunLog log = CURRENT.get();
		if (log != null) {
			log.marks.put(name, value);
		}
	}

	/**
	 * What this thread works for, in this order as far as it is known: {@code action},
	 * {@code backup}, {@code run} (its number). Empty outside of runs.
	 */
	public static Map<String, Object> marks() {
		RunLog log = CURRENT.get();
		if (log == null) {
			return Map.of();
		}
		synchronized (log.marks) {
			return new LinkedHashMap<>(log.marks);
		}
	}

	/**
	 * Gives the thread back what it had before.
	 */
	@Override
	public void close() {
		CURRENT.set(this.outer);
	}

}
