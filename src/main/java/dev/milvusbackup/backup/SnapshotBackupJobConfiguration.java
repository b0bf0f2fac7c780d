package dev.milvusbackup.backup;

import java.time.Duration;
import java.util.List;

import dev.milvusbackup.backup.ReadMetadataTasklet.Planning;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.milvus.JobWatch;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;

/**
 * Puts the backup job of one run of the snapshot format together: Milvus copies the
 * objects itself. Every step may be executed again at any time.
 */
public final class SnapshotBackupJobConfiguration {

	private final JobRepository jobRepository;

	private final SegmentLedger ledger;

	private final SnapshotRun run;

	private final List<StepExecutionListener> listeners;

	private final SnapshotTimings timings;

	/**
	 * @param noProgress how long an export may stand still
	 * @param listeners told of every step
	 */
	public SnapshotBackupJobConfiguration(JobRepository jobRepository, SegmentLedger ledger, SnapshotRun run,
			Duration noProgress, List<StepExecutionListener> listeners) {
		this(jobRepository, ledger, run, listeners, SnapshotTimings.standard(noProgress));
	}

	SnapshotBackupJobConfiguration(JobRepository jobRepository, SegmentLedger ledger, SnapshotRun run,
			List<StepExecutionListener> listeners, SnapshotTimings timings) {
		this.jobRepository = jobRepository;
		this.ledger = ledger;
		this.run = run;
		this.listeners = List.copyOf(listeners);
		this.timings = timings;
	}

	/**
	 * Builds the job. For one execution.
	 */
	public Job job(RequestMark mark) {
		BackupScope scope = this.run.scope();
		Milvus milvus = this.run.milvus();
		BackupDraft draft = new BackupDraft(scope, this.run.places(), milvus, this.ledger, mark, this.run);
		Planning planning = new Planning(
				new Preparation(scope, milvus, this.ledger,
						new GcPause(milvus.garbageCollection(), this.ledger.notes().of(scope.run()))),
				new CollectionPlanner(scope, this.run.places(), milvus, this.ledger), draft);
		SnapshotRelease release = new SnapshotRelease(this.run, this.timings.drop());
		ExportSnapshotsTasklet.Tools tools = new ExportSnapshotsTasklet.Tools(this.run, release, this.timings,
				new JobWatch(this.timings.watch()));
		return new JobBuilder(BackupJobConfiguration.JOB_NAME, this.jobRepository).listener(release)
			.listener(new PartialResult(this.ledger, scope.run()))
			.start(step("readMetadata", new ReadMetadataTasklet(scope, milvus.catalog(), this.ledger, planning)))
			.next(step("exportSnapshots", new ExportSnapshotsTasklet(tools, this.ledger)))
			.next(step("writeManifest", new WriteManifestTasklet(draft)))
			.build();
	}

	private Step step(String name, Tasklet tasklet) {
		StepBuilder builder = new StepBuilder(name, this.jobRepository).allowStartIfComplete(true);
		this.listeners.forEach(builder::listener);
		return builder.tasklet(tasklet).build();
	}

}
