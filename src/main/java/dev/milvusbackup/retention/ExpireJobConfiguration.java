package dev.milvusbackup.retention;

import java.util.List;
import java.util.function.Consumer;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;

/**
 * Puts the job of one run of {@code expire} together. Its steps may be executed again at
 * any time: the ledger and the marks in the store say what is left to do.
 */
public final class ExpireJobConfiguration {

	/** Name of the job in the job repository. */
	public static final String JOB_NAME = "expire";

	private final JobRepository jobRepository;

	private final Expiry expiry;

	private final List<StepExecutionListener> listeners;

	/**
	 * @param listeners told of every step
	 */
	public ExpireJobConfiguration(JobRepository jobRepository, Expiry expiry, List<StepExecutionListener> listeners) {
		this.jobRepository = jobRepository;
		this.expiry = expiry;
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Builds the job. For one execution.
	 * @param decided is told of all verdicts, newest backup first
	 */
	public Job job(Consumer<List<Verdict>> decided) {
		return new JobBuilder(JOB_NAME, this.jobRepository)
			.start(step("selectBackups", new SelectBackupsTasklet(this.expiry, decided)))
			.next(step("deleteBackups", new DeleteBackupsTasklet(this.expiry)))
			.build();
	}

	private Step step(String name, Tasklet tasklet) {
		StepBuilder builder = new StepBuilder(name, this.jobRepository).allowStartIfComplete(true);
		this.listeners.forEach(builder::listener);
		return builder.tasklet(tasklet).build();
	}

}
