package dev.milvusbackup.launch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * The step executions of one job execution that run in this process. A stop reaches them
 * here at once; through the job repository alone it would reach them only at their next
 * commit. Thread-safe.
 */
final class LiveSteps implements StepExecutionListener {

	private final Set<StepExecution> running = ConcurrentHashMap.newKeySet();

	private volatile boolean terminated;

	private volatile String current = "";

	@Override
	public void beforeStep(StepExecution stepExecution) {
		this.current = stepExecution.getStepName();
		this.running.add(stepExecution);
		if (this.terminated) {
			stepExecution.setTerminateOnly();
		}
	}

	@Override
	public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
		this.running.remove(stepExecution);
		return null;
	}

	/**
	 * Ends the running steps, and those that begin later, at their next check.
	 * Idempotent.
	 */
	void terminate() {
		this.terminated = true;
		this.running.forEach(StepExecution::setTerminateOnly);
	}

	/**
	 * The step that began last, empty before the first.
	 */
	String current() {
		return this.current;
	}

}
