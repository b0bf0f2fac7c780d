package dev.milvusbackup.backup;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.milvus.GarbageCollection;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Keeps Milvus from deleting dropped segments while the job runs: a lease that is
 * renewed, and given back however the job ends; a pause of somebody else is left alone. A
 * server that refuses is a warning: the copy notices a vanished object.
 */
final class GcPause implements JobExecutionListener {

	private static final Logger logger = LoggerFactory.getLogger(GcPause.class);

	private static final Duration LEASE = Duration.ofHours(1);

	private static final Duration RENEWAL = Duration.ofMinutes(20);

	private final GarbageCollection garbageCollection;

	private final ScheduledExecutorService renewals;

	private boolean paused;

	GcPause(GarbageCollection garbageCollection) {
		this.garbageCollection = garbageCollection;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("gc-pause-");
		threads.setDaemon(true);
		this.renewals = Executors.newSingleThreadScheduledExecutor(threads);
	}

	@Override
	public void beforeJob(JobExecution jobExecution) {
		this.paused = pause();
		if (this.paused) {
			this.renewals.scheduleAtFixedRate(this::pause, RENEWAL.toSeconds(), RENEWAL.toSeconds(), TimeUnit.SECONDS);
		}
	}

	@Override
	public void afterJob(JobExecution jobExecution) {
		this.renewals.shutdownNow();
		try {
			this.renewals.awaitTermination(LEASE.toSeconds(), TimeUnit.SECONDS);
			if (this.paused) {
				this.garbageCollection.resume();
			}
		}
		catch (MilvusException ex) {
			logger.warn("{}; it resumes by itself after {} minutes at the latest", ex.getMessage(), LEASE.toMinutes());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean pause() {
		try {
			this.garbageCollection.pause(LEASE);
			return true;
		}
		catch (MilvusException ex) {
			// nothing that an operator could do about an old server
			Level level = (ex.kind() == Kind.UNSUPPORTED) ? Level.INFO : Level.WARN;
			logger.atLevel(level).log("{}; going on without the pause", ex.getMessage());
			return false;
		}
	}

}
