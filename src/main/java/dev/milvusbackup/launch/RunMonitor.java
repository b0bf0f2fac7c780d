package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.RunStatus;
import dev.milvusbackup.ledger.StatusQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Accompanies one execution: tells the listener how far it is, and passes a stop that
 * another process asked for, or the loss of the lease, on to the running steps.
 */
final class RunMonitor implements JobExecutionListener, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RunMonitor.class);

	private static final Duration TICK = Duration.ofSeconds(1);

	private final long run;

	private final StatusQuery status;

	private final HeldRun held;

	private final ProgressListener listener;

	private final ScheduledExecutorService ticks;

	RunMonitor(long run, StatusQuery status, HeldRun held, ProgressListener listener) {
		this.run = run;
		this.status = status;
		this.held = held;
		this.listener = listener;
		CustomizableThreadFactory threads = new CustomizableThreadFactory("monitor-");
		threads.setDaemon(true);
		this.ticks = Executors.newSingleThreadScheduledExecutor(threads);
	}

	@Override
	public void beforeJob(JobExecution jobExecution) {
		this.ticks.scheduleWithFixedDelay(() -> tick(jobExecution), TICK.toMillis(), TICK.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Reports once more and ends.
	 */
	@Override
	public void close() {
		this.ticks.shutdownNow();
		try {
			this.ticks.awaitTermination(TICK.toMillis(), TimeUnit.MILLISECONDS);
			report();
		}
		catch (RuntimeException ex) {
			logger.debug("no last progress", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void tick(JobExecution jobExecution) {
		try {
			boolean stopped = report().map((execution) -> execution.status().startsWith("STOPP")).orElse(false);
			if (stopped || this.held.isLost()) {
				jobExecution.getStepExecutions().forEach(StepExecution::setTerminateOnly);
			}
		}
		catch (RuntimeException ex) {
			// Anything else than going on would leave a stop unnoticed.
			logger.warn("unable to follow run '{}': {}", this.run, ex.getMessage());
		}
	}

	private Optional<RunStatus.Execution> report() {
		Optional<RunStatus> found = this.status.status(this.run);
		found.ifPresent((now) -> this.listener.progress(progress(now)));
		return found.map(RunStatus::last);
	}

	static RunProgress progress(RunStatus now) {
		CopyProgress copy = now.progress();
		String step = (now.last() != null && now.last().step() != null) ? now.last().step() : "";
		return new RunProgress(step, copy.bytesDone(), copy.bytes(), copy.objectsDone(), copy.objects());
	}

}
