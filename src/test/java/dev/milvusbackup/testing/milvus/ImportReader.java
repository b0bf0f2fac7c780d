package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.milvusbackup.storage.ObjectStat;

/**
 * Reads the logs of segments to be imported.
 *
 * @param storageVersion as announced
 * @param endTimestamp what is later is left out
 * @param zoneKey with which the logs are encrypted, empty for not at all
 * @param dynamicField id of the dynamic field where they are to go; what a real server
 * loses without a word is refused here
 */
record ImportReader(FakeBinlogs binlogs, int storageVersion, long endTimestamp, String zoneKey, long dynamicField) {

	/** Whatever dynamic field the logs have. */
	static final long ANY = -1;

	/**
	 * The objects by the directory that they lie in, which must be a field's or that of a
	 * group of fields.
	 */
	static Map<Long, List<ObjectStat>> byField(List<ObjectStat> inserts) {
		Map<Long, List<ObjectStat>> fields = new TreeMap<>();
		for (ObjectStat object : inserts) {
			try {
				fields.computeIfAbsent(Long.valueOf(ServerPaths.directory(object, 1)), (key) -> new ArrayList<>())
					.add(object);
			}
			catch (NumberFormatException ex) {
				throw new IllegalStateException("failed to parse field id from log, error: " + ex.getMessage(), ex);
			}
		}
		fields.values().forEach((logs) -> logs.sort(Comparator.comparing((object) -> object.key().value())));
		return fields;
	}

	static void requireEqualCounts(Map<Long, List<ObjectStat>> fields) {
		int expected = fields.values().iterator().next().size();
		fields.forEach((field, logs) -> {
			if (logs.size() != expected) {
				throw new IllegalStateException("different file num, misaligned binlog count, field" + field + ":"
						+ logs.size() + ", expected:" + expected);
			}
		});
	}

	ImportedSegment segment(long source, Map<Long, List<ObjectStat>> fields, List<ObjectStat> deletes) {
		List<FakeEntry> rows = null;
		for (Map.Entry<Long, List<ObjectStat>> field : fields.entrySet()) {
			List<FakeEntry> read = rows(field.getKey(), field.getValue());
			if (rows != null && !rows.equals(read)) {
				throw new IllegalStateException("different row count of the fields");
			}
			rows = read;
		}
		List<ObjectStat> objects = new ArrayList<>();
		fields.values().forEach(objects::addAll);
		objects.addAll(deletes);
		FakeLog first = read(objects.get(0));
		return new ImportedSegment(source, first.origin(), objects, FakeEntry.surviving(rows, deletes(deletes)));
	}

	/**
	 * What delta logs delete.
	 */
	List<FakeEntry> deletes(List<ObjectStat> objects) {
		List<FakeEntry> deletes = new ArrayList<>();
		for (ObjectStat object : objects) {
			FakeLog log = read(object);
			if (log.kind() != FakeLog.Kind.DELETE) {
				throw new IllegalStateException("wrong binlog type, expect:DeleteEventType, actual:InsertEventType");
			}
			deletes.addAll(inTime(log.entries()));
		}
		return deletes;
	}

	private List<FakeEntry> rows(long directory, List<ObjectStat> objects) {
		List<FakeEntry> rows = new ArrayList<>();
		for (ObjectStat object : objects) {
			FakeLog log = read(object);
			if (log.kind() != FakeLog.Kind.INSERT) {
				throw new IllegalStateException("wrong binlog type, expect:InsertEventType, actual:DeleteEventType");
			}
			if (log.storageVersion() != this.storageVersion) {
				throw new IllegalStateException("binlog '" + object.key() + "' is not of storage version "
						+ this.storageVersion + " but " + log.storageVersion());
			}
			if (this.storageVersion != 2 && !log.fields().equals(Set.of(directory))) {
				throw new IllegalStateException("binlog '" + object.key() + "' is not of field " + directory);
			}
			if (log.dynamicField() > 0 && this.dynamicField != ANY && log.dynamicField() != this.dynamicField) {
				throw new IllegalStateException("the dynamic field of binlog '" + object.key() + "' is "
						+ log.dynamicField() + ", not " + this.dynamicField);
			}
			rows.addAll(inTime(log.entries()));
		}
		return rows;
	}

	private FakeLog read(ObjectStat object) {
		FakeLog log = this.binlogs.read(object.key());
		if (!log.zoneKey().equals(this.zoneKey)) {
			throw new IllegalStateException("failed to decrypt binlog '" + object.key() + "'");
		}
		return log;
	}

	private List<FakeEntry> inTime(List<FakeEntry> entries) {
		return entries.stream().filter((entry) -> entry.timestamp() <= this.endTimestamp).toList();
	}

}
