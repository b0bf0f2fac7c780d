package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.testing.milvus.FakeSegment.Logs;

/**
 * The binlogs of a simulated server in its store. Damaged ones are noticed when read.
 */
final class FakeBinlogs {

	/** Rows of one segment that are written at once. */
	private static final int ROWS_A_BINLOG = 1000;

	private final ObjectStore store;

	private final MilvusLayout layout;

	/** Collection to the key that its logs are encrypted with. */
	private final Map<Long, String> zoneKeys = new ConcurrentHashMap<>();

	FakeBinlogs(ObjectStore store, MilvusLayout layout) {
		this.store = store;
		this.layout = layout;
	}

	void encrypt(long collectionId, String key) {
		this.zoneKeys.put(collectionId, key);
	}

	ObjectStore store() {
		return this.store;
	}

	/**
	 * Writes all logs of the segment.
	 * @param columns the fields in each directory
	 * @param dynamicField id of the dynamic one, 0 for none
	 * @return the segment with the ids of its logs
	 */
	FakeSegment write(FakeSegment segment, Map<Long, Set<Long>> columns, long dynamicField, LongSupplier ids) {
		Map<Long, List<Long>> inserts = new TreeMap<>();
		if (!segment.levelZero()) {
			columns.forEach((directory, fields) -> inserts.put(directory,
					inserts(segment, directory, fields, fields.contains(dynamicField) ? dynamicField : 0, ids)));
		}
		FakeSegment written = segment.withLogs(new Logs(inserts, List.of()));
		return segment.deleted().isEmpty() ? written : writeDelta(written, segment.deleted(), ids);
	}

	/**
	 * Writes one more delta log; the segment's own list of deletes is left alone.
	 */
	FakeSegment writeDelta(FakeSegment segment, List<FakeEntry> deletes, LongSupplier ids) {
		long log = ids.getAsLong();
		write(directory(BinlogKind.DELTA, segment).key(Long.toString(log)),
				new FakeLog(FakeLog.Kind.DELETE, 0, segment.origin(), zoneKey(segment), Set.of(), 0, deletes));
		return segment.withLogs(segment.logs().withDelta(log));
	}

	List<ObjectStat> list(ObjectPrefix prefix) {
		try (var objects = this.store.list(prefix)) {
			return objects.toList();
		}
	}

	/**
	 * All objects of the segment.
	 */
	List<ObjectStat> objects(FakeSegment segment) {
		List<ObjectStat> objects = new ArrayList<>(list(directory(BinlogKind.INSERT, segment)));
		objects.addAll(list(directory(BinlogKind.DELTA, segment)));
		return objects;
	}

	void delete(FakeSegment segment) {
		this.store.delete(objects(segment).stream().map(ObjectStat::key).toList());
	}

	/**
	 * @throws IllegalStateException when the object is not a log as it was written
	 */
	FakeLog read(ObjectKey key) {
		try (InputStream stream = this.store.read(key)) {
			return FakeLog.parse(key.value(), stream.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to read '" + key + "'", ex);
		}
	}

	private List<Long> inserts(FakeSegment segment, long directory, Set<Long> fields, long dynamicField,
			LongSupplier ids) {
		List<Long> logs = new ArrayList<>();
		for (int row = 0; row < segment.rows(); row += ROWS_A_BINLOG) {
			long log = ids.getAsLong();
			int end = (int) Math.min(segment.rows(), row + ROWS_A_BINLOG);
			write(directory(BinlogKind.INSERT, segment).directory(directory).key(Long.toString(log)),
					new FakeLog(FakeLog.Kind.INSERT, segment.storageVersion(), segment.origin(), zoneKey(segment),
							fields, dynamicField, segment.content().subList(row, end)));
			logs.add(log);
		}
		return logs;
	}

	private String zoneKey(FakeSegment segment) {
		return this.zoneKeys.getOrDefault(segment.collectionId(), "");
	}

	private void write(ObjectKey key, FakeLog log) {
		this.store.write(key, ObjectContent.of(log.bytes()));
	}

	private ObjectPrefix directory(BinlogKind kind, FakeSegment segment) {
		return this.layout.logs(kind, segment.collectionId()).directory(segment.partitionId()).directory(segment.id());
	}

}
