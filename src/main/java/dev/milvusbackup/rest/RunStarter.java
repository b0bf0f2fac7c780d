package dev.milvusbackup.rest;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RunLog;
import dev.milvusbackup.launch.RunProgress;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.ledger.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out runs on threads of their own, so that a run depends on no client's
 * connection. Thread-safe.
 */
public final class RunStarter {

	private static final Logger logger = LoggerFactory.getLogger(RunStarter.class);

	private final int most;

	private final Semaphore permits;

	private final ExecutorService threads;

	private final Consumer<RunSummary> ended;

	/**
	 * @param most runs at once
	 * @param ended is told of every run that ended in a summary
	 */
	RunStarter(int most, Consumer<RunSummary> ended) {
		this.most = most;
		this.permits = new Semaphore(most);
		this.ended = ended;
		// a closing job repository waits for the runs
		this.threads = Executors.newCachedThreadPool(new ServerThreads("run-"));
	}

	/**
	 * Starts a backup and waits until its run is known, or there is nothing to do.
	 * @throws dev.milvusbackup.BackupException when the request ended before a run
	 * @throws ServerBusyException when there are too many runs
	 */
	public StartedRun create(Runs runs, CreateRequest request) {
		return start((listener) -> runs.create(request, listener));
	}

	/**
	 * As {@link #create}, of a restore.
	 */
	public StartedRun restore(Runs runs, RestoreRequest request) {
		return start((listener) -> runs.restore(request, listener));
	}

	/**
	 * Runs that this server carries out now.
	 */
	public int inFlight() {
		return this.most - this.permits.availablePermits();
	}

	/**
	 * Starts whatever ends in a summary and tells its listener when its run is known.
	 */
	public StartedRun start(Function<ProgressListener, RunSummary> work) {
		if (!this.permits.tryAcquire()) {
			throw new ServerBusyException("unable to start a run: the server carries out " + this.most + " already",
					"wait until one has ended, or raise batch.server.maxRuns");
		}
		CompletableFuture<Run> accepted = new CompletableFuture<>();
		Map<String, Object> marks = RunLog.marks();
		CompletableFuture<RunSummary> end = CompletableFuture
			.supplyAsync(() -> RunLog.with(marks, () -> carryOut(work, accepted)), this.threads);
		try {
			CompletableFuture.anyOf(accepted, end).join();
		}
		catch (CompletionException ex) {
			if (!accepted.isDone()) {
				throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
			}
		}
		Run run = accepted.getNow(null);
		if (run != null) {
			RunLog.mark("run", run.id());
		}
		return new StartedRun(run, end);
	}

	private RunSummary carryOut(Function<ProgressListener, RunSummary> work, CompletableFuture<Run> accepted) {
		try {
			RunSummary summary = work.apply(new Acceptance(accepted));
			this.ended.accept(summary);
			logger.info("{}", summary.message());
			return summary;
		}
		catch (RuntimeException ex) {
			logger.warn("{}", ex.getMessage(), ex);
			throw ex;
		}
		finally {
			this.permits.release();
		}
	}

	private record Acceptance(CompletableFuture<Run> accepted) implements ProgressListener {

		@Override
		public void started(Run run) {
			this.accepted.complete(run);
		}

		@Override
		public void progress(RunProgress progress) {
			// whoever wants to know asks the job repository
		}

	}

}
