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
import io.milvus.grpc.ImportState;
import org.jspecify.annotations.Nullable;

/**
 * The import jobs of a simulated server. A job does its work when somebody looks at the
 * server after the job's time has come. Thread-safe.
 */
public final class FakeImports {

	private final FakeCatalogue catalogue;

	private final ImportWork work;

	private final Map<Long, Job> jobs = new LinkedHashMap<>();

	private final List<LoadedSegment> loaded = new ArrayList<>();

	private final Queue<String> failures = new ArrayDeque<>();

	private Duration delay = Duration.ZERO;

	private boolean stalled;

	FakeImports(FakeCatalogue catalogue, ImportWork work) {
		this.catalogue = catalogue;
		this.work = work;
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
	 * Number of jobs ever submitted.
	 */
	public synchronized int submitted() {
		return this.jobs.size();
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

	synchronized long submit(FakeCollection collection, String partition, List<String> files) {
		long id = this.catalogue.nextId();
		this.jobs.put(id, new Job(id, collection, partition, files, Instant.now(), this.delay, this.failures.poll()));
		return id;
	}

	@Nullable Job find(long id) {
		advance();
		synchronized (this) {
			return this.jobs.get(id);
		}
	}

	List<Job> of(FakeCollection collection) {
		advance();
		synchronized (this) {
			return this.jobs.values().stream().filter((job) -> job.collection == collection).toList();
		}
	}

	/** A server that starts again gives up what it was doing. */
	synchronized void failUnfinished() {
		this.jobs.values().stream().filter(Job::isUnfinished).forEach((job) -> {
			job.state = ImportState.ImportFailed;
			job.reason = "task marked failed as service restarted";
		});
	}

	private void advance() {
		this.catalogue.locked(() -> {
			synchronized (this) {
				Instant now = Instant.now();
				this.jobs.values()
					.stream()
					.filter((job) -> job.isUnfinished() && !this.stalled && !now.isBefore(job.created.plus(job.delay)))
					.forEach((job) -> this.loaded.addAll(this.work.finish(job)));
			}
			return null;
		});
	}

	/**
	 * A segment that an import has loaded.
	 *
	 * @param sourceSegment id in the keys of what was imported
	 * @param objects key and size of what was imported
	 * @param rows without the deleted ones
	 */
	public record LoadedSegment(long job, FakeCollection collection, String partition, long sourceSegment, long origin,
			List<ObjectStat> objects, long rows) {
	}

	/**
	 * A job. Guarded by the lock of the imports.
	 */
	static final class Job {

		final long id;

		final FakeCollection collection;

		final String partition;

		final List<String> files;

		final Instant created;

		private final Duration delay;

		final @Nullable String plannedFailure;

		ImportState state = ImportState.ImportStarted;

		String reason = "";

		long rows;

		private Job(long id, FakeCollection collection, String partition, List<String> files, Instant created,
				Duration delay, @Nullable String plannedFailure) {
			this.id = id;
			this.collection = collection;
			this.partition = partition;
			this.files = List.copyOf(files);
			this.created = created;
			this.delay = delay;
			this.plannedFailure = plannedFailure;
		}

		boolean isUnfinished() {
			return this.state == ImportState.ImportStarted;
		}

	}

}
