package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;

/**
 * Stops the jobs of this process when the context closes, as at SIGTERM, and keeps the
 * database open until they have recorded that they are STOPPED. Every job needs it as a
 * listener, and whatever launches one runs within {@link #during}. Thread-safe.
 */
public final class RunStopper implements SmartLifecycle, JobExecutionListener {

	private static final Logger log = LoggerFactory.getLogger(RunStopper.class);

	private static final int TRIES = 10;

	private final JobRepository repository;

	private final JobOperator operator;

	private final Duration patience;

	private final Map<Long, JobExecution> executions = new ConcurrentHashMap<>();

	private final Object monitor = new Object();

	private int working;

	private boolean started;

	private volatile boolean stopping;

	/**
	 * @param patience how long the context waits for the jobs to end; an object being
	 * copied is not interrupted
	 */
	RunStopper(JobRepository repository, JobOperator operator, Duration patience) {
		this.repository = repository;
		this.operator = operator;
		this.patience = patience;
	}

	/**
	 * Runs work that launches jobs and uses the database; a closing context waits for its
	 * end.
	 */
	public <T, E extends Exception> T during(Work<T, E> work) throws E {
		synchronized (this.monitor) {
			this.working++;
		}
		try {
			return work.run();
		}
		finally {
			synchronized (this.monitor) {
				this.working--;
				this.monitor.notifyAll();
			}
		}
	}

	/**
	 * Whether the context is closing: work should come to its end.
	 */
	public boolean isStopping() {
		return this.stopping;
	}

	@Override
	public void beforeJob(JobExecution jobExecution) {
		this.executions.put(jobExecution.getId(), jobExecution);
		if (this.stopping) {
			// Its first step is then not started.
			jobExecution.setStatus(BatchStatus.STOPPING);
		}
	}

	@Override
	public void afterJob(JobExecution jobExecution) {
		this.executions.remove(jobExecution.getId());
	}

	@Override
	public void start() {
		synchronized (this.monitor) {
			this.started = true;
		}
	}

	@Override
	public void stop() {
		this.stopping = true;
		this.executions.values().forEach(this::stop);
		awaitEnd();
	}

	private void stop(JobExecution execution) {
		try {
			recordStop(execution.getId());
		}
		catch (DataAccessException | JobExecutionNotRunningException ex) {
			log.warn("unable to record the stop of job execution '{}': {}", execution.getId(), ex.getMessage());
		}
		// Steps notice the recorded stop at their next commit, and this at once.
		execution.getStepExecutions().forEach(StepExecution::setTerminateOnly);
	}

	/**
	 * Records that an execution, of this or another process, is to stop.
	 * @return whether it was still running
	 */
	boolean requestStop(long executionId) {
		try {
			recordStop(executionId);
			return true;
		}
		catch (JobExecutionNotRunningException ex) {
			log.debug("job execution '{}' had ended already", executionId, ex);
			return false;
		}
	}

	private void recordStop(long executionId) throws JobExecutionNotRunningException {
		for (int tries = 1;; tries++) {
			// Not the execution's own object, which its threads are changing.
			JobExecution stored = this.repository.getJobExecution(executionId);
			if (stored == null || !stored.isRunning()) {
				return;
			}
			try {
				this.operator.stop(stored);
				return;
			}
			catch (ConcurrencyFailureException ex) {
				// A step of it was recorded between reading and writing.
				if (tries == TRIES) {
					throw ex;
				}
			}
		}
	}

	private void awaitEnd() {
		long deadline = System.nanoTime() + this.patience.toNanos();
		synchronized (this.monitor) {
			long left = this.patience.toMillis();
			try {
				while (this.working > 0 && left > 0) {
					this.monitor.wait(left);
					left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (this.working > 0) {
				log.warn("jobs did not stop within {} s; the same command recovers them", this.patience.toSeconds());
			}
			this.started = false;
		}
	}

	@Override
	public boolean isRunning() {
		synchronized (this.monitor) {
			return this.started;
		}
	}

	/**
	 * The last to start and the first to stop.
	 */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	/**
	 * What launches jobs.
	 */
	@FunctionalInterface
	public interface Work<T, E extends Exception> {

		T run() throws E;

	}

}
