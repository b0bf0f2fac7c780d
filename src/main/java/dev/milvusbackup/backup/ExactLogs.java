package dev.milvusbackup.backup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.SegmentLogs;
import dev.milvusbackup.milvus.SegmentLogs.Log;
import dev.milvusbackup.milvus.SegmentLogs.Logs;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps of what is listed in the store exactly what the server says belongs to a segment,
 * where it says so: objects that a broken write left behind stay out, and an insert log
 * that is not there is noticed. Holds a few hundred segments in memory. Thread-safe.
 */
final class ExactLogs {

	private static final Logger logger = LoggerFactory.getLogger(ExactLogs.class);

	private static final int BATCH = 400;

	private final SegmentLogs logs;

	private final Consumer<String> notes;

	private final AtomicBoolean usable;

	/**
	 * @param notes is told when the server does not say it after all
	 */
	ExactLogs(SegmentLogs logs, Consumer<String> notes) {
		this.logs = logs;
		this.notes = notes;
		this.usable = new AtomicBoolean(logs.available());
	}

	/**
	 * The same segments, refined where the server tells of them.
	 */
	Stream<Candidate> refine(Collection collection, Stream<Candidate> listed) {
		if (!this.usable.get()) {
			return listed;
		}
		Iterator<Candidate> each = listed.iterator();
		return Stream.generate(() -> next(each))
			.takeWhile((batch) -> !batch.isEmpty())
			.flatMap((batch) -> refine(collection, batch).stream());
	}

	private static List<Candidate> next(Iterator<Candidate> each) {
		List<Candidate> batch = new ArrayList<>();
		while (batch.size() < BATCH && each.hasNext()) {
			batch.add(each.next());
		}
		return batch;
	}

	private List<Candidate> refine(Collection collection, List<Candidate> batch) {
		Map<Long, Logs> exact = describe(collection, batch.stream().map((one) -> one.segment().id()).toList());
		return batch.stream().map((one) -> refine(collection, one, exact.get(one.segment().id()))).toList();
	}

	private Map<Long, Logs> describe(Collection collection, List<Long> ids) {
		if (!this.usable.get()) {
			return Map.of();
		}
		try {
			return this.logs.describe(collection.name(), collection.id(), ids);
		}
		catch (MilvusException ex) {
			if (Thread.currentThread().isInterrupted()) {
				throw ex;
			}
			if (this.usable.getAndSet(false)) {
				logger.warn("{}; going on with what is listed in the bucket", ex.getMessage());
				this.notes.accept(ex.getMessage() + "; what is listed in the bucket was taken as it is");
			}
			return Map.of();
		}
	}

	private static Candidate refine(Collection collection, Candidate candidate, @Nullable Logs exact) {
		if (exact == null) {
			return candidate;
		}
		Set<Log> listed = candidate.objects().binlogs().stream().map(ExactLogs::log).collect(Collectors.toSet());
		boolean rows = exact.logs().stream().anyMatch((log) -> log.kind() == BinlogKind.INSERT);
		for (Log log : exact.logs()) {
			if (log.kind() == BinlogKind.INSERT && !listed.contains(log)) {
				throw missing(collection, candidate.segment(), log);
			}
		}
		// a delete that came after the listing is not of this backup
		boolean deletes = exact.logs()
			.stream()
			.allMatch((log) -> log.kind() == BinlogKind.INSERT || listed.contains(log));
		List<Binlog> chosen = candidate.objects().binlogs().stream().filter((binlog) -> {
			boolean told = (binlog.kind() == BinlogKind.INSERT) ? rows || candidate.segment().rows() == 0 : deletes;
			return !told || exact.logs().contains(log(binlog));
		}).toList();
		return new Candidate(candidate.segment(), candidate.objects().with(chosen, exact.virtualChannel()));
	}

	private static SourceException missing(Collection collection, PersistentSegment segment, Log log) {
		return new SourceException(Kind.SOURCE,
				"unable to back up segment '" + segment.id() + "' of '" + collection.name() + "': insert log "
						+ log.logId() + " of field " + log.fieldId() + " is not in the Milvus bucket",
				"run the same command again, and if it stays, compact the collection");
	}

	private static Log log(Binlog binlog) {
		return new Log(binlog.kind(), binlog.fieldId(), binlog.logId());
	}

	/**
	 * A segment that belongs into the backup, with its objects.
	 */
	record Candidate(PersistentSegment segment, SegmentListing.Found objects) {
	}

}
