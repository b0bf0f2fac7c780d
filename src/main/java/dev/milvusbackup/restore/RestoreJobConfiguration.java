package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.JobExecutionDecider;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;

/**
 * Puts the restore job of one run together. Every step may be executed again at any time:
 * the ledger says what is left to do, never the step's own saved state. Afterwards the
 * ledger's collections say what became of each, under the target's name: PLANNED is
 * restored, FAILED is tried again by the next execution, SKIPPED is damaged in the
 * backup.
 */
public final class RestoreJobConfiguration implements AutoCloseable {

	/** Name of the job in the job repository. */
	public static final String JOB_NAME = "restore";

	/**
	 * Exit code of an execution that restored some collections but not all. It ends
	 * FAILED, so that it can be restarted.
	 */
	public static final String PARTIAL = "PARTIAL";

	private static final Duration COUNT_PAUSE = Duration.ofSeconds(2);

	private final JobRepository jobRepository;

	private final RestoreRun run;

	private final List<StepExecutionListener> listeners;

	private final ImportTimings timings;

	private final @Nullable StagingSteps staging;

	/**
	 * Takes what one run works with; none of it is closed here.
	 * @param listeners told of every step but the slices
	 */
	public RestoreJobConfiguration(JobRepository jobRepository, RestoreRun run, List<StepExecutionListener> listeners) {
		this(jobRepository, run, listeners, ImportTimings.standard(run.settings().noProgressLimit()));
	}

	RestoreJobConfiguration(JobRepository jobRepository, RestoreRun run, List<StepExecutionListener> listeners,
			ImportTimings timings) {
		this.jobRepository = jobRepository;
		this.run = run;
		this.listeners = List.copyOf(listeners);
		this.timings = timings;
		this.staging = (run.places().staging() != null)
				? new StagingSteps(run, run.places().staging(), jobRepository, this.listeners) : null;
	}

	/**
	 * Builds the job. For one execution.
	 */
	public Job job() throws Exception {
		DescribedBackup backup = new DescribedBackup(this.run.places());
		ImportKeys keys = new ImportKeys(this.run, backup);
		Step importSegments = step("importSegments",
				new ImportTasklet(this.run, this.timings, keys, List.of(ImportOrder.DATA)));
		FlowBuilder<Flow> flow = new FlowBuilder<Flow>("restoreFlow")
			.start(step("readManifest", new ReadManifestTasklet(this.run, backup, keys)))
			.next(step("createCollections", new CreateCollectionsTasklet(this.run, backup)))
			.next(step("restoreIndexes", new RestoreIndexesTasklet(this.run)));
		stage(flow, importSegments);
		flow.next(step("importL0",
				new ImportTasklet(this.run, this.timings, keys,
						List.of(ImportOrder.PARTITION_L0, ImportOrder.COLLECTION_L0))))
			.next(step("verifyRestore",
					new VerifyRestoreTasklet(this.run, new RowCheck(this.run, countPause())::check)))
			.next(step("restoreRoles", new RestoreRolesTasklet(this.run, backup)))
			.next(step("releaseCollections", release()))
			.next(step("cleanStaging", new CleanStagingTasklet(this.run)));
		return new JobBuilder(JOB_NAME, this.jobRepository).listener(new PartialResult(this.run.targets()))
			.start(flow.end())
			.end()
			.build();
	}

	private Tasklet release() {
		QueryCheck rows = new QueryCheck(this.run,
				(target, partitions) -> ExpectedRows.ofImports(this.run, target, partitions), countPause());
		return new ReleaseCollectionsTasklet(this.run, rows, countPause());
	}

	@Override
	public void close() {
		if (this.staging != null) {
			this.staging.close();
		}
	}

	/**
	 * Metadata alone needs no copies, but the steps find that out themselves.
	 */
	private void stage(FlowBuilder<Flow> flow, Step importSegments) throws Exception {
		if (this.staging == null) {
			flow.next(importSegments);
			return;
		}
		Step copy = this.staging.copy();
		JobExecutionDecider complete = this.staging.complete();
		flow.next(this.staging.partition()).next(copy).next(this.staging.verify()).next(complete);
		flow.from(complete).on(StagingSteps.AGAIN).to(copy);
		flow.from(complete).on("*").to(importSegments);
		flow.from(importSegments);
	}

	private Duration countPause() {
		Duration patient = this.timings.longestPoll();
		return (patient.compareTo(COUNT_PAUSE) < 0) ? patient : COUNT_PAUSE;
	}

	private Step step(String name, Tasklet tasklet) {
		StepBuilder builder = new StepBuilder(name, this.jobRepository).allowStartIfComplete(true);
		this.listeners.forEach(builder::listener);
		return builder.tasklet(tasklet).build();
	}

}
