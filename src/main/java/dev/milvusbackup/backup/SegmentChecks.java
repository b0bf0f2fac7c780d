package dev.milvusbackup.backup;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;

/**
 * Refuses a segment whose objects cannot be all of it: a hole found here is a hole that
 * does not get into a backup. Pure.
 */
final class SegmentChecks {

	private static final long ROW_ID_FIELD = 0;

	private static final long TIMESTAMP_FIELD = 1;

	private final Collection collection;

	private final Set<Long> required;

	/**
	 * Checks segments of storage version 0 of this collection. A field that may be null
	 * can have been added when the segment was there already.
	 */
	SegmentChecks(Collection collection) {
		this.collection = collection;
		this.required = new HashSet<>(Set.of(ROW_ID_FIELD, TIMESTAMP_FIELD));
		for (Field field : collection.schema().fields()) {
			if (!field.nullable()) {
				this.required.add(field.id());
			}
		}
	}

	/**
	 * Every field has insert logs, and all fields the same number of them.
	 */
	void requireWhole(PersistentSegment segment, SegmentListing.Found found) {
		if (segment.storageVersion() > 0) {
			return;
		}
		Map<Long, Long> logs = found.binlogs()
			.stream()
			.filter((binlog) -> binlog.kind() == BinlogKind.INSERT)
			.collect(Collectors.groupingBy(Binlog::fieldId, Collectors.counting()));
		long expected = logs.getOrDefault(TIMESTAMP_FIELD, 0L);
		Set<Long> fields = new HashSet<>(this.required);
		fields.addAll(logs.keySet());
		for (long field : fields) {
			long count = logs.getOrDefault(field, 0L);
			if (count != expected || count == 0) {
				throw new SourceException(Kind.SOURCE,
						"unable to back up segment '" + segment.id() + "' of '" + this.collection.name() + "': field "
								+ field + " has " + count + " insert logs where field " + TIMESTAMP_FIELD + " has "
								+ expected,
						"an insert log is missing or left over in the Milvus bucket; run the same command again, "
								+ "and if it stays, compact the collection");
			}
		}
	}

}
