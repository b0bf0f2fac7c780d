package dev.milvusbackup.testing.milvus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a log holds: a row, known by its primary key and the time of writing, or the
 * deletion of all rows of that key that were written before.
 *
 * @param timestamp hybrid
 */
public record FakeEntry(long key, long timestamp) {

	/**
	 * The rows that none of these deletes, in the same order. Deleting and writing at the
	 * same time is what an update does: the row stays.
	 */
	static List<FakeEntry> surviving(List<FakeEntry> rows, List<FakeEntry> deletes) {
		Map<Long, Long> last = new HashMap<>();
		deletes.forEach((delete) -> last.merge(delete.key, delete.timestamp, Math::max));
		return rows.stream().filter((row) -> last.getOrDefault(row.key, 0L) <= row.timestamp).toList();
	}

}
