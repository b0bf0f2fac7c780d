package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.List;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.model.BackupName;

/**
 * The verbs that need the job repository. Errors that end a request before or instead of
 * a run are {@link LaunchException}s or other {@link dev.milvusbackup.BackupException}s;
 * a run that was started always ends in a summary. Thread-safe.
 */
public interface Runs extends AutoCloseable {

	/**
	 * Backs up, or goes on with an unfinished backup of the same request, or finds it
	 * complete already.
	 */
	RunSummary create(CreateRequest request, ProgressListener listener);

	/**
	 * Restores, or goes on with an unfinished restore of the same request.
	 */
	RunSummary restore(RestoreRequest request, ProgressListener listener);

	/**
	 * Carries out the request of an unfinished run again, which goes on with it. A
	 * complete one stays as it is.
	 * @throws LaunchException with exit code 8 when there is no such run, 2 when it is
	 * not of this configuration, was abandoned, or is not the newest of its name
	 */
	RunSummary resume(long run, ProgressListener listener);

	/**
	 * Tells a run, of this or another process, to stop: it ends with its next segment.
	 * Does not wait for that. Idempotent.
	 * @return whether it was told; not when no execution of it is running, yet or any
	 * more
	 */
	boolean stop(long run);

	/**
	 * Compares a backup with its description, as a run; goes on with an unfinished one of
	 * the same backup and depth.
	 */
	VerifyReport verify(VerifyRequest request, ProgressListener listener);

	/**
	 * Deletes the backups that no rule keeps, as a run, or tells which they are. Can be
	 * repeated; what a killed process had begun to delete goes first.
	 * @throws LaunchException with exit code 2 when there is no rule
	 */
	ExpireReport expire(ExpireRequest request, ProgressListener listener);

	/**
	 * Deletes a backup, or what there is of an unfinished one. Repeatable.
	 * @throws dev.milvusbackup.manifest.ManifestException when there is no such backup
	 * @throws LaunchException with exit code 5 when a process works on it or restores it
	 */
	void delete(BackupName name);

	/**
	 * Removes complete runs from the job repository that ended longer ago than the age.
	 * @param dryRun to remove nothing
	 * @return those that were, or would be, removed
	 */
	List<Run> purge(Duration age, boolean dryRun);

	/**
	 * The newest runs first.
	 */
	List<RunView> recent(int limit);

	/**
	 * What Spring Batch lets an operator do with executions.
	 */
	JobOperations operations();

	/**
	 * Finds single runs.
	 */
	RunLookUp lookUp();

	/**
	 * The same job repository with other places. Closing either closes both.
	 * @param settings whose {@code repository} is not looked at
	 */
	Runs with(Settings settings);

	@Override
	void close();

	/**
	 * A run with its last execution.
	 *
	 * @param execution id of it in the job repository, 0 before the first
	 * @param status of the job execution, e.g. {@code STARTED}; {@code NONE} before the
	 * first
	 * @param step the current or last step, empty before the first
	 */
	record RunView(Run run, long execution, String status, String step, RunProgress progress, java.time.Instant started,
			int restarts, String message) {
	}

}
