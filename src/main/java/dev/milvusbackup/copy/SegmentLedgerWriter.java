package dev.milvusbackup.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectChangedException;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Waits for the copies of a chunk and marks in the ledger what is complete, also when
 * another segment of the chunk failed or the run is to stop.
 */
final class SegmentLedgerWriter implements ItemWriter<SegmentCopy> {

	private static final long STOP_CHECK_MILLIS = 200;

	private final CopyPlan plan;

	private final StepExecution stepExecution;

	SegmentLedgerWriter(CopyPlan plan, StepExecution stepExecution) {
		this.plan = plan;
		this.stepExecution = stepExecution;
	}

	@Override
	public void write(Chunk<? extends SegmentCopy> chunk) throws Exception {
		List<Segment> done = new ArrayList<>();
		try {
			awaitAll(chunk.getItems(), done);
		}
		finally {
			chunk.forEach(SegmentCopy::cancel);
			if (!done.isEmpty()) {
				this.plan.ledger().done(this.plan.run(), done);
			}
		}
	}

	/**
	 * After a failure the others are still waited for, their work would be lost
	 * otherwise; after a stop only what is complete already counts.
	 */
	private void awaitAll(List<? extends SegmentCopy> copies, List<Segment> done) throws Exception {
		Exception failure = null;
		for (SegmentCopy copy : copies) {
			if (failure instanceof JobInterruptedException && !copy.isComplete()) {
				continue;
			}
			try {
				await(copy).ifPresent(done::add);
			}
			catch (Exception ex) {
				copy.cancel();
				failure = firstOf(failure, ex);
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	private static Exception firstOf(@Nullable Exception first, Exception next) {
		return (first == null || next instanceof JobInterruptedException) ? next : first;
	}

	/**
	 * The copied segment, or empty when its source is gone and the run goes on without
	 * it.
	 */
	private Optional<Segment> await(SegmentCopy copy) throws Exception {
		Segment segment = copy.segment();
		List<Binlog> copied = new ArrayList<>(copy.objects().size());
		try {
			for (int i = 0; i < copy.objects().size(); i++) {
				ObjectStat stat = await(copy.objects().get(i));
				Binlog binlog = segment.binlogs().get(i);
				copied.add(new Binlog(binlog.kind(), binlog.fieldId(), binlog.logId(), binlog.bytes(), stat.etag()));
			}
		}
		catch (ObjectNotFoundException | ObjectChangedException ex) {
			copy.cancel();
			this.plan.vanished().vanished(segment, ex);
			return Optional.empty();
		}
		return Optional.of(segment.withBinlogs(copied));
	}

	private ObjectStat await(Future<ObjectStat> object) throws Exception {
		while (true) {
			try {
				return object.get(STOP_CHECK_MILLIS, TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException ex) {
				if (this.stepExecution.isTerminateOnly()) {
					throw new JobInterruptedException("stopped while copying");
				}
			}
			catch (CancellationException ex) {
				throw new JobInterruptedException("stopped while copying");
			}
			catch (ExecutionException ex) {
				if (ex.getCause() instanceof StorageException storage) {
					throw storage;
				}
				throw ex;
			}
		}
	}

}
