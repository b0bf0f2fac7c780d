package dev.milvusbackup.testing;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException;

/**
 * Which calls misbehave, and how.
 */
public final class Fault {

	private final Operation operation;

	private final Consumer<Fault> script;

	private final AtomicInteger seen = new AtomicInteger();

	private String key = "";

	private int first = 1;

	private int count = Integer.MAX_VALUE;

	private Runnable before = () -> {
	};

	private Runnable after = () -> {
	};

	private UnaryOperator<Object> change = UnaryOperator.identity();

	Fault(Operation operation, Consumer<Fault> script) {
		this.operation = operation;
		this.script = script;
	}

	/**
	 * Only calls whose key (of a listing: prefix) contains that text.
	 */
	public Fault key(String part) {
		this.key = part;
		return this;
	}

	/**
	 * Only the nth call.
	 */
	public Fault nth(int call) {
		this.first = call;
		this.count = 1;
		return this;
	}

	/**
	 * As many calls, beginning with the nth or the first.
	 */
	public Fault times(int calls) {
		this.count = calls;
		return this;
	}

	/**
	 * Fails with a 503, before anything is done.
	 */
	public void fail() {
		run(() -> {
			throw FaultyObjectStore.unavailable();
		});
	}

	/**
	 * Fails, before anything is done.
	 */
	public void fail(RuntimeException failure) {
		run(() -> {
			throw failure;
		});
	}

	/**
	 * Runs something before the call.
	 */
	public void run(Runnable action) {
		this.before = action;
		this.script.accept(this);
	}

	/**
	 * Runs something when the call is done; what it throws, the caller gets.
	 */
	public void after(Runnable action) {
		this.after = action;
		this.script.accept(this);
	}

	/**
	 * Hangs before the call.
	 */
	public Hang hang() {
		Hang hang = new Hang();
		run(hang::hang);
		return hang;
	}

	/**
	 * Cuts the stream of a READ after that many bytes.
	 */
	public void cutAfter(long bytes) {
		change(InputStream.class, (in) -> new CutStream(in, bytes));
	}

	/**
	 * Tells another size, in STAT, LIST_ENTRY, WRITE and COPY.
	 */
	public void size(long bytes) {
		this.change = (result) -> (result instanceof Optional<?> stat) ? stat.map((value) -> resized(value, bytes))
				: resized(result, bytes);
		this.script.accept(this);
	}

	private Object resized(Object stat, long bytes) {
		ObjectStat real = (ObjectStat) stat;
		return new ObjectStat(real.key(), bytes, real.etag());
	}

	void before() {
		this.before.run();
	}

	Object after(Object result) {
		this.after.run();
		return this.change.apply(result);
	}

	private <T> void change(Class<T> type, Function<T, Object> change) {
		this.change = (result) -> change.apply(type.cast(result));
		this.script.accept(this);
	}

	boolean meets(Operation called, String calledKey) {
		if (called != this.operation || !calledKey.contains(this.key)) {
			return false;
		}
		int call = this.seen.incrementAndGet();
		return call >= this.first && call - this.first < this.count;
	}

	/**
	 * What a rule can meet. A listing is one LIST and a LIST_ENTRY for each entry that is
	 * asked for, the end not counted.
	 */
	public enum Operation {

		LIST, LIST_ENTRY, DIRECTORIES, STAT, READ, WRITE, COPY, DELETE

	}

	/**
	 * Keeps a thread until it is released; an interrupt ends the call as a store would.
	 */
	public static final class Hang {

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		public void release() {
			this.released.countDown();
		}

		/**
		 * Whether a call hangs, or hung, here.
		 */
		public boolean reached() {
			return this.reached.getCount() == 0;
		}

		private void hang() {
			this.reached.countDown();
			try {
				this.released.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new StorageException(StorageException.Kind.TRANSIENT, "unable to wait: interrupted", null, ex);
			}
		}

	}

	private static final class CutStream extends FilterInputStream {

		private long left;

		CutStream(InputStream in, long bytes) {
			super(in);
			this.left = bytes;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			if (this.left == 0 && length > 0) {
				throw new EOFException("cut (scripted)");
			}
			int count = super.read(buffer, offset, (int) Math.min(length, this.left));
			this.left -= Math.max(count, 0);
			return count;
		}

	}

}
