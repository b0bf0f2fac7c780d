package dev.milvusbackup.backup;

import java.util.List;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.milvus.JobWatch;
import dev.milvusbackup.milvus.MilvusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Exports the snapshots of all collections, several at once. A collection that cannot be
 * exported fails alone; what concerns the server as a whole ends the step. Executed
 * again, it goes on with what is missing.
 */
final class ExportSnapshotsTasklet implements Tasklet {

	private static final Logger logger = LoggerFactory.getLogger(ExportSnapshotsTasklet.class);

	private final Tools tools;

	private final SegmentLedger ledger;

	ExportSnapshotsTasklet(Tools tools, SegmentLedger ledger) {
		this.tools = tools;
		this.ledger = ledger;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		in(State.FAILED).forEach((failed) -> put(failed, State.PLANNED, ""));
		List<PlannedCollection> collections = in(State.PLANNED);
		if (!collections.isEmpty()) {
			StepExecution step = contribution.getStepExecution();
			new CollectionLoop(this.tools.run().scope().collectionConcurrency()).each(collections,
					(collection) -> export(collection, step));
			contribution.incrementWriteCount(collections.size());
			requireSome();
		}
		return RepeatStatus.FINISHED;
	}

	private void export(PlannedCollection collection, StepExecution step) throws JobInterruptedException {
		try {
			new SnapshotExport(this.tools, collection, step::isTerminateOnly).execute();
		}
		catch (MilvusException ex) {
			switch (ex.kind()) {
				case NOT_FOUND -> put(collection, State.SKIPPED, "it was dropped meanwhile");
				case REFUSED -> fail(collection, ex.getMessage());
				default -> throw ex;
			}
		}
		catch (SourceException ex) {
			switch (ex.kind()) {
				case GONE -> put(collection, State.SKIPPED, ex.getMessage());
				case SOURCE -> fail(collection, ex.getMessage());
				default -> throw ex;
			}
		}
	}

	private void fail(PlannedCollection collection, String reason) {
		logger.warn("leaving out {}: {}", collection.name(), reason);
		put(collection, State.FAILED, reason);
	}

	private void put(PlannedCollection collection, State state, String reason) {
		this.ledger.putCollections(this.tools.run().scope().run(),
				List.of(new PlannedCollection(collection.collectionId(), collection.name(), collection.description(),
						state, reason)));
	}

	private List<PlannedCollection> in(State state) {
		return this.ledger.collections(this.tools.run().scope().run())
			.stream()
			.filter((collection) -> collection.state() == state)
			.toList();
	}

	/**
	 * A run of which nothing is left did not back up anything.
	 */
	private void requireSome() {
		List<PlannedCollection> failed = in(State.FAILED);
		if (!failed.isEmpty() && in(State.PLANNED).isEmpty()) {
			throw new SourceException(SourceException.Kind.SOURCE, failed.get(0).reason(),
					"mend the cause, then run the same command again; the same or other causes hold for all "
							+ failed.size() + " collections");
		}
	}

	/**
	 * What the exports of a run share.
	 */
	record Tools(SnapshotRun run, SnapshotRelease release, SnapshotTimings timings, JobWatch watch) {
	}

}
