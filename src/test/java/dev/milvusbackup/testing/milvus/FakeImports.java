package dev.milvusbackup.testing.milvus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import dev.milvusbackup.storage.ObjectStat;
import org.jspecify.annotations.Nullable;

/**
 * The import jobs of a simulated server. A job does its work when somebody looks at the
 * server after the job's time has come. Thread-safe.
 */
public final class FakeImports {

	private final FakeCatalogue catalogue;

	private final ImportRules rules;

	private final Map<Long, Job> jobs = new LinkedHashMap<>();

	private final List<LoadedSegment> loaded = new ArrayList<>();

	private final Queue<String> failures = new ArrayDeque<>();

	private Duration delay = Duration.ZERO;

	private boolean stalled;

	private boolean diskFull;

	private int limit = 1024;

	private int submitted;

	FakeImports(FakeCatalogue catalogue, ImportRules rules) {
		this.catalogue = catalogue;
		this.rules = rules;
	}

	/**
	 * How long jobs take that are submitted from now on.
	 */
	public synchronized void delay(Duration newDelay) {
		this.delay = newDelay;
	}

	/**
	 * While stalled, no job makes progress.
	 */
	public synchronized void stall(boolean newStalled) {
		this.stalled = newStalled;
	}

	/**
	 * The next job that has none yet will fail with this reason.
	 */
	public synchronized void failNext(String reason) {
		this.failures.add(reason);
	}

	/**
	 * How many jobs may be unfinished at a time.
	 */
	public synchronized void limit(int newLimit) {
		this.limit = newLimit;
	}

	/**
	 * The quota is used up: jobs fail unless they ask not to look at it.
	 */
	public synchronized void diskFull(boolean newDiskFull) {
		this.diskFull = newDiskFull;
	}

	/**
	 * The server remembers no job any longer.
	 */
	public synchronized void forget() {
		this.jobs.clear();
	}

	/**
	 * Number of jobs ever submitted.
	 */
	public synchronized int submitted() {
		return this.submitted;
	}

	/**
	 * What was asked for, without what was refused or forgotten.
	 */
	public synchronized List<ImportOrder> orders() {
		return this.jobs.values().stream().map((job) -> job.order).toList();
	}

	/**
	 * What completed jobs have loaded, in the order of completion.
	 */
	public List<LoadedSegment> loaded() {
		advance();
		synchronized (this) {
			return List.copyOf(this.loaded);
		}
	}

	/**
	 * @throws IllegalStateException when the server refuses it, and why
	 */
	long submit(ImportOrder order) {
		advance();
		List<ImportRules.Found> found = this.rules.find(order);
		synchronized (this) {
			if (this.jobs.values().stream().filter(Job::isUnfinished).count() >= this.limit) {
				throw new IllegalStateException("The number of jobs has reached the limit, please try again later.");
			}
			this.submitted++;
			String failure = this.failures.poll();
			if (failure == null && this.diskFull && !order.skipsDiskQuota()) {
				failure = "disk quota exceeded, please allocate more resources";
			}
			long id = this.catalogue.nextId();
			this.jobs.put(id, new Job(id, order, found, Instant.now(), this.delay, failure));
			return id;
		}
	}

	@Nullable Job find(long id) {
		advance();
		synchronized (this) {
			return this.jobs.get(id);
		}
	}

	/**
	 * @param collection null for all
	 */
	List<Job> of(@Nullable FakeCollection collection) {
		advance();
		synchronized (this) {
			return this.jobs.values()
				.stream()
				.filter((job) -> collection == null || job.order.collection() == collection)
				.toList();
		}
	}

	/** An old server that starts again gives up what it was doing. */
	synchronized void failUnfinished() {
		this.jobs.values()
			.stream()
			.filter(Job::isUnfinished)
			.forEach((job) -> job.fail("task marked failed as service restarted"));
	}

	private void advance() {
		this.catalogue.locked(() -> {
			synchronized (this) {
				if (!this.stalled) {
					Instant now = Instant.now();
					this.jobs.values().stream().filter(Job::isUnfinished).forEach((job) -> advance(job, now));
				}
			}
			return null;
		});
	}

	private void advance(Job job, Instant now) {
		if (now.isBefore(job.created.plus(job.delay.dividedBy(2)))) {
			return;
		}
		job.state = State.IMPORTING;
		if (now.isBefore(job.created.plus(job.delay))) {
			return;
		}
		try {
			if (job.plannedFailure != null) {
				throw new IllegalStateException(job.plannedFailure);
			}
			List<LoadedSegment> segments = this.rules.load(job);
			job.rows = segments.stream().mapToLong(LoadedSegment::rows).sum();
			job.state = State.COMPLETED;
			this.loaded.addAll(segments);
		}
		catch (RuntimeException ex) {
			job.fail(ex.getMessage() + ": importing data failed");
		}
	}

	/**
	 * A segment that an import has loaded.
	 *
	 * @param sourceSegment id in the keys of what was imported
	 * @param objects key and size of what was imported
	 * @param rows without the deleted ones
	 */
	public record LoadedSegment(long job, FakeCollection collection, String partition, long sourceSegment, long origin,
			boolean levelZero, List<ObjectStat> objects, long rows) {
	}

	enum State {

		PENDING, IMPORTING, COMPLETED, FAILED

	}

	/**
	 * A job. Guarded by the lock of the imports.
	 */
	static final class Job {

		final long id;

		final ImportOrder order;

		final List<ImportRules.Found> found;

		final Instant created;

		private final Duration delay;

		private final @Nullable String plannedFailure;

		State state = State.PENDING;

		String reason = "";

		long rows;

		private Job(long id, ImportOrder order, List<ImportRules.Found> found, Instant created, Duration delay,
				@Nullable String plannedFailure) {
			this.id = id;
			this.order = order;
			this.found = found;
			this.created = created;
			this.delay = delay;
			this.plannedFailure = plannedFailure;
		}

		boolean isUnfinished() {
			return this.state == State.PENDING || this.state == State.IMPORTING;
		}

		void fail(String why) {
			this.state = State.FAILED;
			this.reason = why;
		}

		/** In percent, as servers since 2.4 count it. */
		int progress() {
			return switch (this.state) {
				case PENDING -> 10;
				case IMPORTING -> 40;
				case COMPLETED -> 100;
				case FAILED -> 0;
			};
		}

	}

}
