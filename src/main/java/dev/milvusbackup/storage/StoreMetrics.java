package dev.milvusbackup.storage;

import java.util.concurrent.atomic.LongAdder;

import org.slf4j.LoggerFactory;

/**
 * Counts what stores really did: every request that was sent, repeated ones included.
 * Thread-safe.
 */
public final class StoreMetrics {

	private final LongAdder lists = new LongAdder();

	private final LongAdder stats = new LongAdder();

	private final LongAdder gets = new LongAdder();

	private final LongAdder puts = new LongAdder();

	private final LongAdder copies = new LongAdder();

	private final LongAdder deletes = new LongAdder();

	private final LongAdder others = new LongAdder();

	private final LongAdder retries = new LongAdder();

	private final LongAdder bytesRead = new LongAdder();

	private final LongAdder bytesWritten = new LongAdder();

	private final LongAdder bytesCopied = new LongAdder();

	/** Listing pages; for local storage directories read. */
	public LongAdder lists() {
		return this.lists;
	}

	/** Questions for size and entity tag of one object. */
	public LongAdder stats() {
		return this.stats;
	}

	/** Reads of an object. */
	public LongAdder gets() {
		return this.gets;
	}

	/** Writes of an object or of a part of one. */
	public LongAdder puts() {
		return this.puts;
	}

	/** Storage-side copies of an object or of a part of one. */
	public LongAdder copies() {
		return this.copies;
	}

	/** Deletions: batches, or for local storage files. */
	public LongAdder deletes() {
		return this.deletes;
	}

	/** Everything else: bucket location, begin and end of multipart uploads. */
	public LongAdder others() {
		return this.others;
	}

	/** Calls that were made again because they had failed. */
	public LongAdder retries() {
		return this.retries;
	}

	/** Bytes that came into this process. */
	public LongAdder bytesRead() {
		return this.bytesRead;
	}

	/** Bytes that went out of this process. */
	public LongAdder bytesWritten() {
		return this.bytesWritten;
	}

	/** Bytes of completed storage-side copies. */
	public LongAdder bytesCopied() {
		return this.bytesCopied;
	}

	/**
	 * Writes the counts of all stores so far to the log, at level debug.
	 */
	public void log() {
		// not a static field: verbs that do not log do not load the log
		LoggerFactory.getLogger(StoreMetrics.class).debug("requests to the storages: {}", this);
	}

	@Override
	public String toString() {
		return "list=" + this.lists + " stat=" + this.stats + " get=" + this.gets + " put=" + this.puts + " copy="
				+ this.copies + " delete=" + this.deletes + " other=" + this.others + " bytesRead=" + this.bytesRead
				+ " bytesWritten=" + this.bytesWritten + " bytesCopied=" + this.bytesCopied;
	}

}
