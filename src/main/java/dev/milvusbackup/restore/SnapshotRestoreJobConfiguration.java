package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.List;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;

/**
 * Puts the restore job of one run together whose backup is of the snapshot format: Milvus
 * makes the collections itself, with their indexes and rows. Every step may be executed
 * again at any time.
 */
public final class SnapshotRestoreJobConfiguration {

	private final JobRepository jobRepository;

	private final RestoreRun run;

	private final List<StepExecutionListener> listeners;

	private final ImportTimings timings;

	/**
	 * Takes what one run works with; none of it is closed here.
	 * @param listeners told of every step
	 */
	public SnapshotRestoreJobConfiguration(JobRepository jobRepository, RestoreRun run,
			List<StepExecutionListener> listeners) {
		this(jobRepository, run, listeners, ImportTimings.standard(run.settings().noProgressLimit()));
	}

	SnapshotRestoreJobConfiguration(JobRepository jobRepository, RestoreRun run, List<StepExecutionListener> listeners,
			ImportTimings timings) {
		this.jobRepository = jobRepository;
		this.run = run;
		this.listeners = List.copyOf(listeners);
		this.timings = timings;
	}

	/**
	 * Builds the job. For one execution.
	 */
	public Job job() {
		DescribedBackup backup = new DescribedBackup(this.run.places());
		Duration pause = this.timings.firstPoll().multipliedBy(4);
		QueryCheck rows = new QueryCheck(this.run, (target, partitions) -> ExpectedRows.ofSnapshot(this.run, target),
				pause);
		return new JobBuilder(RestoreJobConfiguration.JOB_NAME, this.jobRepository)
			.listener(new PartialResult(this.run.targets()))
			.start(step("readManifest", new ReadSnapshotsTasklet(this.run, backup)))
			.next(step("createDatabases", (contribution, context) -> {
				new DatabaseCreator(this.run, backup).create();
				return null;
			}))
			.next(step("restoreSnapshots", new RestoreSnapshotsTasklet(this.run, this.timings)))
			.next(step("verifyRestore", new VerifyRestoreTasklet(this.run, new SnapshotCheck(this.run, pause)::check)))
			.next(step("restoreRoles", new RestoreRolesTasklet(this.run, backup)))
			.next(step("releaseCollections", new ReleaseCollectionsTasklet(this.run, rows, pause)))
			.build();
	}

	private Step step(String name, Tasklet tasklet) {
		StepBuilder builder = new StepBuilder(name, this.jobRepository).allowStartIfComplete(true);
		this.listeners.forEach(builder::listener);
		return builder.tasklet(tasklet).build();
	}

}
