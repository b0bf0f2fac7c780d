package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusException.Kind;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;

/**
 * Does something to each target, several at once. A target to which the server says no
 * fails alone; what concerns the server as a whole ends the step.
 */
final class TargetLoop {

	private final RestoreTargets targets;

	private final int concurrency;

	TargetLoop(RestoreTargets targets, int concurrency) {
		this.targets = targets;
		this.concurrency = concurrency;
	}

	/**
	 * Returns when all are done.
	 * @throws JobInterruptedException when the step is to stop
	 */
	void each(List<RestoreTarget> all, StepExecution stepExecution, Consumer<RestoreTarget> action) throws Exception {
		if (all.isEmpty()) {
			return;
		}
		ExecutorService workers = Executors.newFixedThreadPool(Math.min(all.size(), this.concurrency));
		try {
			List<Future<?>> results = new ArrayList<>();
			for (RestoreTarget target : all) {
				results.add(workers.submit(() -> one(target, stepExecution, action)));
			}
			for (Future<?> result : results) {
				result.get();
			}
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		finally {
			workers.shutdownNow();
			workers.awaitTermination(1, TimeUnit.MINUTES);
		}
	}

	private Void one(RestoreTarget target, StepExecution stepExecution, Consumer<RestoreTarget> action)
			throws JobInterruptedException {
		if (stepExecution.isTerminateOnly()) {
			throw new JobInterruptedException("stopped before '" + target.name() + "'");
		}
		try {
			action.accept(target);
		}
		catch (MilvusException ex) {
			if (!concernsTargetOnly(ex)) {
				throw ex;
			}
			this.targets.fail(target, ex.getMessage());
		}
		return null;
	}

	/**
	 * Whether another target may succeed.
	 */
	static boolean concernsTargetOnly(MilvusException ex) {
		return ex.kind() == Kind.REFUSED || ex.kind() == Kind.UNSUPPORTED || ex.kind() == Kind.NOT_FOUND;
	}

}
