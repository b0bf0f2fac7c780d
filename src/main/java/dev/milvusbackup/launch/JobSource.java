package dev.milvusbackup.launch;

import java.util.List;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.listener.StepExecutionListener;

/**
 * Builds the job of a run for one execution.
 */
@FunctionalInterface
interface JobSource {

	/**
	 * @param listeners to be told of every step
	 */
	Built build(List<StepExecutionListener> listeners) throws Exception;

	/**
	 * A job with what it works with.
	 *
	 * @param resources gives them back; run when the execution has ended
	 */
	record Built(Job job, Runnable resources) implements AutoCloseable {

		@Override
		public void close() {
			this.resources.run();
		}

	}

}
