package dev.milvusbackup.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunPurge;
import dev.milvusbackup.ledger.RunStatus;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.ledger.StatusQuery;
import dev.milvusbackup.model.BackupName;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The runs of one application context, which it closes.
 */
final class JobRuns implements Runs {

	private final ConfigurableApplicationContext context;

	private final Services services;

	JobRuns(ConfigurableApplicationContext context) {
		this(context,
				new Services(context.getBean(BackupService.class), context.getBean(RestoreService.class),
						context.getBean(VerifyService.class), context.getBean(ExpireService.class),
						context.getBean(BackupDeletion.class)));
	}

	private JobRuns(ConfigurableApplicationContext context, Services services) {
		this.context = context;
		this.services = services;
	}

	@Override
	public RunSummary create(CreateRequest request, ProgressListener listener) {
		return this.services.backups().create(request, listener);
	}

	@Override
	public RunSummary restore(RestoreRequest request, ProgressListener listener) {
		return this.services.restores().restore(request, listener);
	}

	@Override
	public RunSummary resume(long run, ProgressListener listener) {
		Run found = this.context.getBean(RunLedger.class)
			.find(run)
			.orElseThrow(() -> new LaunchException(ExitCode.NOT_FOUND,
					"unable to find run '" + run + "': it is not in this job repository",
					"status shows the runs that it knows"));
		return switch (found.identity().kind()) {
			case BACKUP -> this.services.backups().resume(found, listener);
			case RESTORE -> this.services.restores().resume(found, listener);
			case VERIFY -> this.services.verifications().resume(found, listener);
			case EXPIRE -> this.services.expiries().resume(found, listener);
		};
	}

	@Override
	public VerifyReport verify(VerifyRequest request, ProgressListener listener) {
		return this.services.verifications().verify(request, listener);
	}

	@Override
	public ExpireReport expire(ExpireRequest request, ProgressListener listener) {
		return this.services.expiries().expire(request, listener);
	}

	@Override
	public void delete(BackupName name) {
		this.services.deletion().delete(name);
	}

	@Override
	public boolean stop(long run) {
		Optional<RunStatus.Execution> last = this.context.getBean(StatusQuery.class)
			.status(run)
			.map(RunStatus::last)
			.filter((execution) -> execution.status().startsWith("START"));
		return last.isPresent() && this.context.getBean(RunStopper.class).requestStop(last.get().id());
	}

	@Override
	public List<Run> purge(Duration age, boolean dryRun) {
		RunPurge purge = new RunPurge(this.context.getBean(LedgerDatabase.class));
		List<Run> old = purge.candidates(Instant.now().minus(age));
		if (!dryRun) {
			old.forEach(purge::purge);
		}
		return old;
	}

	@Override
	public List<RunView> recent(int limit) {
		return this.context.getBean(RunHistory.class).recent(limit);
	}

	@Override
	public JobOperations operations() {
		return this.context.getBean(JobOperations.class);
	}

	@Override
	public RunLookUp lookUp() {
		return this.context.getBean(RunLookUp.class);
	}

	@Override
	public Runs with(Settings settings) {
		Connections here = this.context.getBean(Connections.class);
		Connections there = new Connections(settings, here.stores(), here.milvus());
		RunLedger ledger = this.context.getBean(RunLedger.class);
		LedgerDatabase database = this.context.getBean(LedgerDatabase.class);
		JobRepository repository = this.context.getBean(JobRepository.class);
		RunControl control = this.context.getBean(RunControl.class);
		RestoresInWork inWork = this.context.getBean(RestoresInWork.class);
		return new JobRuns(this.context,
				new Services(
						new BackupService(there, ledger, this.context.getBean(SegmentLedger.class), repository,
								control),
						new RestoreService(there, ledger, database, repository, control),
						new VerifyService(there, database, repository, control),
						new ExpireService(there, database, inWork, repository, control),
						new BackupDeletion(there, inWork, control)));
	}

	/**
	 * Stops what runs, waits until it has stopped, and closes the job repository.
	 */
	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What carries out the verbs with one configuration.
	 */
	private record Services(BackupService backups, RestoreService restores, VerifyService verifications,
			ExpireService expiries, BackupDeletion deletion) {
	}

}
