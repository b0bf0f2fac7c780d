package dev.milvusbackup.testing.milvus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of collections, and the jobs that copy them out and in. A job does its work
 * at the first request about snapshots after its time has come. A snapshot cannot be
 * dropped while a job copies it. Guarded by the lock of the catalogue.
 */
public final class FakeSnapshots {

	private final FakeCatalogue catalogue;

	private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();

	private final Map<Long, Job> jobs = new LinkedHashMap<>();

	private final Queue<String> failures = new ArrayDeque<>();

	private final Map<String, ObjectStore> buckets = new HashMap<>();

	private final Set<CollectionName> waiting = new HashSet<>();

	private Duration delay = Duration.ZERO;

	FakeSnapshots(FakeCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	/**
	 * How long jobs take that are submitted from now on.
	 */
	public void delay(Duration newDelay) {
		this.catalogue.locked(() -> this.delay = newDelay);
	}

	/**
	 * From now on jobs of the collection, copies of it or into it, run until they are let
	 * on.
	 */
	public void hold(String collection) {
		this.catalogue.locked(() -> this.waiting.add(CollectionName.parse(collection)));
	}

	/**
	 * The jobs of the collection that are held say from now on that they are so far.
	 */
	public void tell(String collection, long copied, long files) {
		CollectionName name = CollectionName.parse(collection);
		this.catalogue.locked(() -> {
			this.jobs.values()
				.stream()
				.filter((job) -> job.state == 2 && job.collection.equals(name))
				.forEach((job) -> job.told = new Told(copied, files));
			return null;
		});
	}

	/**
	 * Jobs of the collection go on.
	 */
	public void letOn(String collection) {
		this.catalogue.locked(() -> this.waiting.remove(CollectionName.parse(collection)));
	}

	/**
	 * The next job that has none yet will fail with this reason.
	 */
	public void failNext(String reason) {
		this.catalogue.locked(() -> this.failures.add(reason));
	}

	/**
	 * Names of the snapshots that there are, {@code database.collection/name}.
	 */
	public List<String> names() {
		return this.catalogue.locked(() -> List.copyOf(this.snapshots.keySet()));
	}

	/**
	 * Number of jobs ever submitted.
	 */
	public int submitted() {
		return this.catalogue.locked(this.jobs::size);
	}

	/**
	 * From now on the server reaches named buckets only.
	 */
	public void addBucket(String name, ObjectStore store) {
		this.catalogue.locked(() -> this.buckets.put(name, store));
	}

	/**
	 * The server forgets all jobs, and those that run come to nothing.
	 */
	public void forgetJobs() {
		this.catalogue.locked(() -> {
			this.jobs.values().forEach(Job::forget);
			return null;
		});
	}

	void create(CollectionName collection, String name) {
		FakeCollection found = collection(collection);
		if (this.snapshots.containsKey(key(collection, name))) {
			throw new Refusal(65535, "snapshot already exists: " + name);
		}
		found.history().flush();
		this.snapshots.put(key(collection, name),
				new Snapshot(this.catalogue.nextId(), name, found, found.segments(), this.catalogue.nextTimestamp()));
	}

	/** One that does not exist is dropped already. */
	void drop(CollectionName collection, String name) {
		if (this.jobs.values().stream().anyMatch((job) -> job.copies(collection, name))) {
			throw new Refusal(65535, "snapshot " + name + " is pinned and cannot be dropped");
		}
		this.snapshots.remove(key(collection, name));
	}

	List<String> list(CollectionName collection) {
		collection(collection);
		return this.snapshots.keySet()
			.stream()
			.filter((key) -> key.startsWith(collection + "/"))
			.map((key) -> key.substring(key.indexOf('/') + 1))
			.toList();
	}

	Snapshot find(CollectionName collection, String name) {
		Snapshot snapshot = this.snapshots.get(key(collection, name));
		if (snapshot == null) {
			throw new Refusal(65535, "snapshot not found: " + name);
		}
		return snapshot;
	}

	ObjectStore bucket(String name, ObjectStore own) {
		ObjectStore found = this.buckets.isEmpty() ? own : this.buckets.get(name);
		if (found == null) {
			throw new Refusal(1100, "bucket does not exist: " + name);
		}
		return found;
	}

	/** Lets jobs whose time has come do their work. */
	void advance() {
		Instant now = Instant.now();
		this.jobs.values()
			.stream()
			.filter((job) -> !this.waiting.contains(job.collection))
			.toList()
			.forEach((job) -> job.advance(now));
	}

	List<Job> restores() {
		return this.jobs.values().stream().filter((job) -> job.snapshot.isEmpty() && !job.forgotten).toList();
	}

	long submit(CollectionName collection, String name, Supplier<Result> work) {
		long id = this.catalogue.nextId();
		this.jobs.put(id, new Job(id, collection, name, work, Instant.now().plus(this.delay), this.failures.poll()));
		return id;
	}

	Job job(long id) {
		Job job = this.jobs.get(id);
		if (job == null || job.forgotten) {
			throw new Refusal(65535, "snapshot job not found: " + id);
		}
		return job;
	}

	private FakeCollection collection(CollectionName name) {
		FakeCollection found = this.catalogue.find(name);
		if (found == null) {
			throw new Refusal(100, "collection not found[collection=" + name + "]");
		}
		return found;
	}

	private static String key(CollectionName collection, String name) {
		return collection + "/" + name;
	}

	/**
	 * @param segments as they were, whatever became of them
	 */
	record Snapshot(long id, String name, FakeCollection collection, List<FakeSegment> segments, long timestamp) {
	}

	/**
	 * What a job has made.
	 *
	 * @param uri of the description of an exported snapshot, else empty
	 */
	record Result(String uri, long files, long bytes) {
	}

	/**
	 * What a job says of itself while it runs.
	 */
	record Told(long copied, long files) {

		int percent() {
			return (this.files == 0) ? 0 : (int) (100 * this.copied / this.files);
		}

	}

	/**
	 * A job. Its state is 2 as long as it runs, then 3, or 4 with a reason.
	 */
	static final class Job {

		final long id;

		final CollectionName collection;

		final String snapshot;

		private final Supplier<Result> work;

		private final Instant due;

		private final @Nullable String plannedFailure;

		boolean forgotten;

		int state = 2;

		String reason = "";

		Told told = new Told(0, 0);

		Result result = new Result("", 0, 0);

		private Job(long id, CollectionName collection, String snapshot, Supplier<Result> work, Instant due,
				@Nullable String plannedFailure) {
			this.id = id;
			this.collection = collection;
			this.snapshot = snapshot;
			this.work = work;
			this.due = due;
			this.plannedFailure = plannedFailure;
		}

		private void forget() {
			this.forgotten = true;
			this.state = (this.state == 2) ? 4 : this.state;
		}

		private boolean copies(CollectionName source, String name) {
			return this.state == 2 && this.snapshot.equals(name) && this.collection.equals(source);
		}

		private void advance(Instant now) {
			if (this.state != 2 || now.isBefore(this.due)) {
				return;
			}
			try {
				if (this.plannedFailure != null) {
					throw new IllegalStateException(this.plannedFailure);
				}
				this.result = this.work.get();
				this.told = new Told(this.result.files(), this.result.files());
				this.state = 3;
			}
			catch (RuntimeException ex) {
				this.reason = String.valueOf(ex.getMessage());
				this.state = 4;
			}
		}

	}

}
