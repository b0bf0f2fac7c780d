package dev.milvusbackup.launch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.milvusbackup.ledger.HeldLease;
import dev.milvusbackup.ledger.LaunchLock;
import dev.milvusbackup.ledger.LeaseAttempt;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunLease;
import dev.milvusbackup.ledger.StatusQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.StepExecutionListener;

/**
 * What Spring Batch does not have: one worker per run, and a context that stays open
 * until its work has ended. Thread-safe.
 */
final class RunControl {

	private final RunLease leases;

	private final RunStopper stopper;

	private final RunExecutor executor;

	RunControl(Guards guards, StatusQuery status, JobOperator operator, List<StepExecutionListener> stepListeners) {
		this.leases = guards.leases();
		this.stopper = guards.stopper();
		this.executor = new RunExecutor(guards, status, operator, stepListeners);
	}

	/**
	 * Keeps a closing context open until the work has ended.
	 */
	<T> T during(RunStopper.Work<T, RuntimeException> work) {
		RunLog log = RunLog.open();
		try {
			return this.stopper.during(work);
		}
		finally {
			log.close();
		}
	}

	/**
	 * Takes the run for this process.
	 * @param object the lease beside the backup, null where there is none
	 * @throws LaunchException with exit code 5 when a live process has it
	 */
	HeldRun hold(RunIdentity identity, @Nullable LeaseObject object) {
		RunLog.mark("action", identity.kind().name().toLowerCase(Locale.ROOT));
		RunLog.mark("backup", identity.subject());
		return take(identity, object);
	}

	/**
	 * As {@link #hold}, by a run that is not the one of the identity.
	 */
	HeldRun take(RunIdentity identity, @Nullable LeaseObject object) {
		LeaseOwner owner = LeaseOwner.here();
		AtomicBoolean lost = new AtomicBoolean();
		LeaseAttempt attempt = this.leases.acquire(leaseKey(identity), owner, () -> lost.set(true));
		if (attempt instanceof LeaseAttempt.Taken taken) {
			throw running(identity, taken.by());
		}
		HeldLease lease = (HeldLease) attempt;
		try {
			Optional<LeaseOwner> other = (object != null) ? object.liveOwner() : Optional.empty();
			if (other.isPresent()) {
				throw running(identity, other.get());
			}
			return HeldRun.of(owner, lease, object, lost);
		}
		catch (RuntimeException ex) {
			lease.close();
			throw ex;
		}
	}

	/**
	 * The live process of this job repository that works on the run.
	 */
	Optional<LeaseOwner> worker(RunIdentity identity) {
		return this.leases.owner(leaseKey(identity));
	}

	/**
	 * Whether work should come to its end, as the context is closing.
	 */
	boolean isStopping() {
		return this.stopper.isStopping();
	}

	static String leaseKey(RunIdentity identity) {
		return identity.kind() + " " + identity.place() + " " + identity.subject();
	}

	/**
	 * See {@link RunExecutor#execute}.
	 */
	RunOutcome execute(Run run, HeldRun held, JobSource source, ProgressListener listener) {
		return this.executor.execute(run, held, source, listener);
	}

	/**
	 * Tells an execution, of this or another process, to stop.
	 * @return whether it was still running
	 */
	boolean stop(long execution) {
		return this.stopper.requestStop(execution);
	}

	/**
	 * See {@link RunExecutor#recover}.
	 */
	void recover(Run run) {
		this.executor.recover(run);
	}

	private static LaunchException running(RunIdentity identity, LeaseOwner by) {
		return new LaunchException(ExitCode.RUNNING,
				"unable to run the " + identity.kind().name().toLowerCase(Locale.ROOT) + " '" + identity.subject()
						+ "': " + by + " is at it",
				"wait until it has ended, or stop it");
	}

	/**
	 * What keeps runs apart and repairs them.
	 */
	record Guards(RunLease leases, LaunchLock launches, CrashRecovery recovery, RunStopper stopper) {
	}

}
