package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * A job as the application's are: one step over slices, two at a time. What a slice does
 * is up to the test.
 */
@Configuration(proxyBeanMethods = false)
class SlicedJob {

	static final int SLICES = 4;

	private final JobRepository repository;

	private final RunStopper stopper;

	private final List<String> finished = new CopyOnWriteArrayList<>();

	private volatile Consumer<StepExecution> work = step -> {
	};

	private @Nullable Job job;

	SlicedJob(JobRepository repository, RunStopper stopper) {
		this.repository = repository;
		this.stopper = stopper;
	}

	void work(Consumer<StepExecution> newWork) {
		this.work = newWork;
	}

	/**
	 * Names of the slices' steps that came to their end.
	 */
	List<String> finished() {
		return this.finished;
	}

	/**
	 * Work that goes on until the step is to end.
	 */
	static void awaitStop(StepExecution step) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.atMost(Duration.ofMinutes(2))
			.until(step::isTerminateOnly);
	}

	@Bean
	Job job() {
		if (this.job == null) {
			this.job = new JobBuilder("backup", this.repository).listener(this.stopper).start(copy()).build();
		}
		return this.job;
	}

	private Step copy() {
		Step slice = new StepBuilder("slice", this.repository).tasklet((contribution, chunk) -> {
			StepExecution step = contribution.getStepExecution();
			this.work.accept(step);
			if (step.isTerminateOnly()) {
				return RepeatStatus.CONTINUABLE;
			}
			this.finished.add(step.getStepName());
			return RepeatStatus.FINISHED;
		}).build();
		SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("slice-");
		threads.setConcurrencyLimit(2);
		return new StepBuilder("copy", this.repository).partitioner("slice", gridSize -> slices())
			.step(slice)
			.gridSize(SLICES)
			.taskExecutor(threads)
			.build();
	}

	private static Map<String, ExecutionContext> slices() {
		Map<String, ExecutionContext> slices = new HashMap<>();
		for (int slice = 0; slice < SLICES; slice++) {
			slices.put("s" + slice, new ExecutionContext(Map.of("slice", slice)));
		}
		return slices;
	}

}
