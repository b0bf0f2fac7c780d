package dev.milvusbackup.launch;

import java.util.List;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * The runs of one application context, which it closes.
 */
final class JobRuns implements Runs {

	private final ConfigurableApplicationContext context;

	JobRuns(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public RunSummary create(CreateRequest request, ProgressListener listener) {
		return this.context.getBean(BackupService.class).create(request, listener);
	}

	@Override
	public RunSummary restore(RestoreRequest request, ProgressListener listener) {
		return this.context.getBean(RestoreService.class).restore(request, listener);
	}

	@Override
	public List<RunView> recent(int limit) {
		return this.context.getBean(RunHistory.class).recent(limit);
	}

	/**
	 * Stops what runs, waits until it has stopped, and closes the job repository.
	 */
	@Override
	public void close() {
		this.context.close();
	}

}
