package dev.milvusbackup.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import dev.milvusbackup.ledger.ImportLedger;
import dev.milvusbackup.ledger.ImportQueue;
import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.State;
import dev.milvusbackup.ledger.RestoreTargetLedger;
import dev.milvusbackup.milvus.BulkImport;
import dev.milvusbackup.milvus.BulkImport.ImportJob;
import dev.milvusbackup.milvus.BulkImport.ImportRequest;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.CollectionName;
import org.springframework.batch.core.job.JobInterruptedException;

/**
 * Sends each import once. What is about to be sent is in the ledger before the call; when
 * the answer was lost, to a kill or on the way, the server's own list of jobs tells
 * whether it was received.
 */
final class ImportSubmission {

	private static final int LISTINGS = 4;

	private final long run;

	private final ImportLedger ledger;

	private final ImportQueue queue;

	private final RestoreTargetLedger targets;

	private final BulkImport server;

	private final ImportTimings timings;

	private final ImportKeys keys;

	private final Map<String, Long> baselines = new HashMap<>();

	ImportSubmission(RestoreRun run, ImportTimings timings, ImportKeys keys) {
		this.run = run.id();
		this.ledger = run.ledgers().imports();
		this.queue = run.ledgers().queue();
		this.targets = run.ledgers().targets();
		this.server = run.milvus().bulkImport();
		this.timings = timings;
		this.keys = keys;
	}

	/**
	 * Sends the import, or finds the job that an earlier attempt started.
	 * @return the job's id
	 * @throws MilvusException when the server certainly started nothing
	 * @throws RestoreException when more than one job may be this import
	 */
	long start(PlannedImport planned, RestoreTarget target) throws JobInterruptedException {
		if (planned.state() == State.SUBMITTED && planned.jobId() != null) {
			return planned.jobId();
		}
		if (planned.state() == State.SUBMITTING) {
			Optional<Long> started = reconcile(planned, target);
			if (started.isPresent()) {
				return started.get();
			}
		}
		return submit(planned, target);
	}

	private long submit(PlannedImport planned, RestoreTarget target) throws JobInterruptedException {
		baseline(planned, target);
		this.ledger.submitting(this.run, planned.key());
		try {
			long job = this.server.submit(request(planned, target));
			this.ledger.submitted(this.run, planned.key(), job);
			return job;
		}
		catch (MilvusException ex) {
			if (ex.kind() != MilvusException.Kind.UNKNOWN_OUTCOME) {
				this.ledger.notSubmitted(this.run, planned.key());
				throw ex;
			}
			Optional<Long> started = reconcile(planned, target);
			if (started.isPresent()) {
				return started.get();
			}
			throw new MilvusException(MilvusException.Kind.UNAVAILABLE, ex.getMessage(), ex.hint(), ex);
		}
	}

	private ImportRequest request(PlannedImport planned, RestoreTarget target) {
		PlannedImport.Extent extent = planned.extent();
		return new ImportRequest(target.name(), planned.partition(), planned.paths(),
				new BulkImport.Options(planned.order() != ImportOrder.DATA, extent.storageVersion(),
						extent.endTimestamp(), this.keys.of(target)));
	}

	/**
	 * The newest job before the first of this run: whatever is older belongs to others.
	 */
	private long baseline(PlannedImport planned, RestoreTarget target) {
		Long known = this.baselines.get(planned.collection());
		if (known != null) {
			return known;
		}
		long baseline = target.progress().importBaseline();
		if (baseline < 0) {
			baseline = this.server.jobs(target.name()).stream().mapToLong(ImportJob::id).max().orElse(0);
			this.targets.importBaseline(this.run, target.id(), baseline);
		}
		this.baselines.put(planned.collection(), baseline);
		return baseline;
	}

	/**
	 * Looks for the job of an import in state SUBMITTING. Waits some time before it takes
	 * a missing one for not submitted.
	 */
	private Optional<Long> reconcile(PlannedImport planned, RestoreTarget target) throws JobInterruptedException {
		long baseline = baseline(planned, target);
		Set<Long> known = this.queue.jobIds(this.run, planned.collection());
		for (int listing = 1;; listing++) {
			List<ImportJob> candidates = this.server.jobs(target.name())
				.stream()
				.filter((job) -> job.id() > baseline && !known.contains(job.id()))
				.filter((job) -> job.state() != ImportJob.State.FAILED)
				.map((job) -> detailed(job, target))
				.filter((job) -> mayBe(job, planned))
				.toList();
			if (candidates.size() > 1) {
				throw ambiguous(target.name(), candidates);
			}
			if (candidates.size() == 1) {
				this.ledger.submitted(this.run, planned.key(), candidates.get(0).id());
				return Optional.of(candidates.get(0).id());
			}
			if (listing == LISTINGS) {
				this.ledger.notSubmitted(this.run, planned.key());
				return Optional.empty();
			}
			pause();
		}
	}

	/**
	 * Lists do not tell paths on every server.
	 */
	private ImportJob detailed(ImportJob job, RestoreTarget target) {
		return job.paths().isEmpty() ? this.server.job(target.name(), job.id()) : job;
	}

	/**
	 * A job without paths may be any; servers name the paths that they were given, or
	 * directories below them.
	 */
	private static boolean mayBe(ImportJob job, PlannedImport planned) {
		return job.paths()
			.stream()
			.filter((path) -> !path.isEmpty())
			.allMatch((path) -> planned.paths()
				.stream()
				.anyMatch((own) -> !own.isEmpty() && (path.startsWith(own) || own.equals(path + "/"))));
	}

	private void pause() throws JobInterruptedException {
		LockSupport.parkNanos(this.timings.settle().dividedBy(LISTINGS - 1L).toNanos());
		if (Thread.currentThread().isInterrupted()) {
			throw new JobInterruptedException("stopped while looking for an import job");
		}
	}

	private static RestoreException ambiguous(CollectionName collection, List<ImportJob> candidates) {
		return new RestoreException(RestoreException.Kind.DAMAGED,
				"unable to go on with the import into '" + collection + "': jobs "
						+ candidates.stream().map((job) -> Long.toString(job.id())).toList()
						+ " may each be the one whose answer was lost",
				"drop the collection and restore it again");
	}

}
