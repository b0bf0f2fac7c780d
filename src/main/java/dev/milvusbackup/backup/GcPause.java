package dev.milvusbackup.backup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.milvusbackup.milvus.GarbageCollection;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Keeps Milvus from deleting dropped segments while the job runs: a lease that is
 * renewed, and given back however the job ends; a pause of somebody else is left alone.
 * Where the server can, only the collections in the backup are paused, each with a ticket
 * of its own. A server that refuses is a warning: the copy notices a vanished object.
 */
final class GcPause implements JobExecutionListener {

	private static final Logger logger = LoggerFactory.getLogger(GcPause.class);

	private static final Duration LEASE = Duration.ofHours(1);

	private static final Duration RENEWAL = Duration.ofMinutes(20);

	private final GarbageCollection garbageCollection;

	private final Duration renewal;

	private final Consumer<String> notes;

	private final ScheduledExecutorService renewals;

	/** Collection to its ticket, null until it is paused. */
	private final Map<Long, @Nullable String> tickets = new TreeMap<>();

	private volatile boolean ended;

	/**
	 * @param notes is told when a server that has the pause refuses it
	 */
	GcPause(GarbageCollection garbageCollection, Consumer<String> notes) {
		this(garbageCollection, RENEWAL, notes);
	}

	/**
	 * @param renewal how often the lease is renewed
	 */
	GcPause(GarbageCollection garbageCollection, Duration renewal, Consumer<String> notes) {
		this.garbageCollection = garbageCollection;
		this.renewal = renewal;
		this.notes = notes;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("gc-pause-");
		threads.setDaemon(true);
		this.renewals = Executors.newSingleThreadScheduledExecutor(threads);
	}

	@Override
	public void beforeJob(JobExecution jobExecution) {
		if (!this.garbageCollection.pausesCollections()) {
			pause(List.of(GarbageCollection.ALL_COLLECTIONS));
		}
		this.renewals.scheduleAtFixedRate(this::renew, this.renewal.toMillis(), this.renewal.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Pauses these collections unless that is done. Idempotent.
	 */
	void hold(List<Long> collectionIds) {
		if (this.garbageCollection.pausesCollections()) {
			pause(collectionIds);
		}
	}

	@Override
	public void afterJob(JobExecution jobExecution) {
		this.ended = true;
		// not interrupted: the ticket of a request that was sent would be lost
		this.renewals.shutdown();
		try {
			this.renewals.awaitTermination(LEASE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		giveBack();
	}

	private synchronized void giveBack() {
		for (String ticket : this.tickets.values()) {
			try {
				if (ticket != null) {
					this.garbageCollection.resume(ticket);
				}
			}
			catch (MilvusException ex) {
				logger.warn("{}; it resumes by itself after {} minutes at the latest", ex.getMessage(),
						LEASE.toMinutes());
			}
		}
	}

	private synchronized void pause(List<Long> collectionIds) {
		List<Long> fresh = collectionIds.stream().filter((id) -> this.tickets.get(id) == null).toList();
		fresh.forEach((id) -> this.tickets.put(id, null));
		try {
			for (long id : fresh) {
				if (!this.ended) {
					this.tickets.put(id, this.garbageCollection.pause(id, LEASE));
				}
			}
		}
		catch (MilvusException ex) {
			if (ex.kind() == Kind.UNSUPPORTED) {
				// nothing that an operator could do about an old server
				logger.info("{}; going on without the pause", ex.getMessage());
				return;
			}
			logger.warn("{}; going on without the pause", ex.getMessage());
			this.notes.accept(ex.getMessage() + "; garbage collection was not paused");
		}
	}

	/**
	 * A new ticket is taken before the old one is given back.
	 */
	private synchronized void renew() {
		Map<Long, @Nullable String> old = new TreeMap<>(this.tickets);
		this.tickets.replaceAll((id, ticket) -> null);
		pause(List.copyOf(old.keySet()));
		old.forEach((id, ticket) -> {
			String renewed = this.tickets.get(id);
			if (renewed == null) {
				this.tickets.put(id, ticket);
			}
			else if (ticket != null && !ticket.isEmpty()) {
				giveBack(ticket);
			}
		});
	}

	private void giveBack(String ticket) {
		try {
			this.garbageCollection.resume(ticket);
		}
		catch (MilvusException ex) {
			logger.info("{}; the pause may have run out", ex.getMessage());
		}
	}

}
