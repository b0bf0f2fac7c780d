package dev.milvusbackup.milvus;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.CollectionName;

/**
 * The exact lists of what belongs to segments. Thread-safe; transient failures are
 * retried inside.
 */
public interface SegmentLogs {

	/**
	 * Whether this server tells them (since Milvus 2.5.8).
	 */
	boolean available();

	/**
	 * By segment id; a segment that the server does not know any more is left out.
	 * @param segmentIds any number, asked for in batches
	 * @throws MilvusException when the server does not tell them
	 */
	Map<Long, Logs> describe(CollectionName collection, long collectionId, List<Long> segmentIds);

	/**
	 * What belongs to a segment.
	 *
	 * @param virtualChannel empty when the server does not tell it
	 */
	record Logs(String virtualChannel, Set<Log> logs) {

		public Logs {
			logs = Set.copyOf(logs);
		}

	}

	/**
	 * One object.
	 *
	 * @param fieldId field or column group of an insert log, 0 for a delta log
	 */
	record Log(BinlogKind kind, long fieldId, long logId) {
	}

}
