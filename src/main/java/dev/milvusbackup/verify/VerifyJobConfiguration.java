package dev.milvusbackup.verify;

import java.util.List;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;

/**
 * Puts the job of one run of {@code verify} together. A step that is complete is not
 * executed again: the backup does not change, and what changed later is for another run.
 */
public final class VerifyJobConfiguration implements AutoCloseable {

	/** Name of the job in the job repository. */
	public static final String JOB_NAME = "verify";

	private final JobRepository jobRepository;

	private final VerifyScope scope;

	private final List<StepExecutionListener> listeners;

	private final ReadContentsTasklet readContents;

	/**
	 * @param listeners told of every step
	 */
	public VerifyJobConfiguration(JobRepository jobRepository, VerifyScope scope,
			List<StepExecutionListener> listeners) {
		this.jobRepository = jobRepository;
		this.scope = scope;
		this.listeners = List.copyOf(listeners);
		this.readContents = new ReadContentsTasklet(scope);
	}

	/**
	 * Builds the job. For one execution.
	 */
	public Job job() {
		SimpleJobBuilder job = new JobBuilder(JOB_NAME, this.jobRepository)
			.start(step("compareListing", new CompareListingTasklet(this.scope)));
		return (this.scope.deep() ? job.next(step("readContents", this.readContents)) : job).build();
	}

	@Override
	public void close() {
		this.readContents.close();
	}

	private Step step(String name, Tasklet tasklet) {
		StepBuilder builder = new StepBuilder(name, this.jobRepository);
		this.listeners.forEach(builder::listener);
		return builder.tasklet(tasklet).build();
	}

}
