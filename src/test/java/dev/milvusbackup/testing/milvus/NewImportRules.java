package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;

import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.milvus.FakeImports.Job;
import dev.milvusbackup.testing.milvus.FakeImports.LoadedSegment;

/**
 * Milvus 2.4 and later (format.md 8): what lies directly in the directory of inserts is
 * one segment each, and its deletes are what has the same name in the directory of
 * deletes.
 */
final class NewImportRules implements ImportRules {

	private static final int COLUMN_GROUPS = 2;

	private static final int MOST_SEGMENTS = 1024;

	/** Hybrid timestamps before 2000 are none. */
	private static final long FIRST_TIMESTAMP = 946_684_800_000L << 18;

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final ServerPaths files;

	NewImportRules(FakeVersion version, FakeCatalogue catalogue, ServerPaths files) {
		this.version = version;
		this.catalogue = catalogue;
		this.files = files;
	}

	@Override
	public List<Found> find(ImportOrder order) {
		requireTimestamp(order);
		if (!order.isBackup()) {
			return order.files().stream().map(Found::new).toList();
		}
		List<Found> found = new ArrayList<>();
		order.files().forEach((paths) -> found.addAll(segments(paths)));
		if (found.isEmpty()) {
			throw new IllegalStateException("no binlog to import, input=" + order.files());
		}
		if (found.size() > MOST_SEGMENTS) {
			throw new IllegalStateException(
					"The max number of import files should not exceed " + MOST_SEGMENTS + ", but got " + found.size());
		}
		return found;
	}

	@Override
	public List<LoadedSegment> load(Job job) {
		return job.order.isBackup() ? loadRows(job) : loadDeletes(job);
	}

	private List<Found> segments(List<String> paths) {
		if (paths.size() > 2) {
			throw new IllegalStateException("too many input paths for binlog import. "
					+ "Valid paths length should be one or two, but got paths:" + paths);
		}
		Map<String, String> deletes = new TreeMap<>();
		if (paths.size() > 1) {
			this.files.children(paths.get(1)).forEach((path) -> deletes.put(ServerPaths.baseName(path), path));
		}
		return this.files.children(paths.get(0)).stream().map((path) -> {
			String its = deletes.get(ServerPaths.baseName(path));
			return new Found((its != null) ? List.of(path, its) : List.of(path));
		}).toList();
	}

	private List<LoadedSegment> loadRows(Job job) {
		int storageVersion = this.version.hasColumnGroups() ? job.order.storageVersion() : 0;
		ImportReader reader = new ImportReader(this.catalogue.binlogs(),
				(storageVersion == COLUMN_GROUPS) ? COLUMN_GROUPS : 0, job.order.endTimestamp(), zoneKey(job.order),
				job.order.collection().fields.dynamicId());
		List<ImportedSegment> segments = new ArrayList<>();
		for (Found found : job.found) {
			Map<Long, List<ObjectStat>> fields = ImportReader.byField(this.files.objects(found.inserts()));
			verify(job.order.collection().fields, reader, fields);
			segments.add(reader.segment(id(found.inserts()), fields, found.deletes(this.files)));
		}
		return segments.stream().map((segment) -> segment.addTo(job)).toList();
	}

	private void verify(FakeFields schema, ImportReader reader, Map<Long, List<ObjectStat>> fields) {
		if (reader.storageVersion() == COLUMN_GROUPS) {
			require(fields, Set.of(0L), (id) -> "system fields");
			ImportReader.requireEqualCounts(fields);
			require(fields, schema.vectors(), (id) -> "field:" + schema.name(id));
			return;
		}
		require(fields, Set.of(0L), (id) -> "RowID field");
		require(fields, Set.of(1L), (id) -> "Timestamp field");
		ImportReader.requireEqualCounts(fields);
		require(fields, this.version.fillsMissingFields() ? schema.indispensable() : schema.stored(),
				(id) -> "field:" + schema.name(id));
		if (this.version.fillsMissingFields()) {
			fields.keySet().retainAll(schema.stored());
		}
	}

	private static void require(Map<Long, List<ObjectStat>> fields, Set<Long> wanted, LongFunction<String> name) {
		for (long id : wanted) {
			if (!fields.containsKey(id)) {
				throw new IllegalStateException("no binlog for " + name.apply(id));
			}
		}
	}

	/**
	 * Deletes reach only what is already there: a compaction may apply and forget them at
	 * any time.
	 */
	private List<LoadedSegment> loadDeletes(Job job) {
		if (job.found.size() != 1 && !this.version.importsSeveralLevelZero()) {
			throw new IllegalStateException("there should be one prefix for l0 import, but got " + job.order.files());
		}
		ImportReader reader = new ImportReader(this.catalogue.binlogs(), 0, job.order.endTimestamp(),
				zoneKey(job.order), 0);
		List<Deletes> all = new ArrayList<>();
		for (Found found : job.found) {
			if (found.paths().size() != 1) {
				throw new IllegalStateException("there should be one prefix, but got " + found.paths());
			}
			List<ObjectStat> objects = this.files.objects(found.inserts());
			all.add(new Deletes(id(found.inserts()), objects, reader.deletes(objects)));
		}
		return all.stream().map((deletes) -> apply(job, deletes)).toList();
	}

	private LoadedSegment apply(Job job, Deletes deletes) {
		FakeCollection collection = job.order.collection();
		String partition = job.order.partition();
		long scope = partition.isEmpty() ? FakeSegment.ALL_PARTITIONS : collection.partition(partition);
		collection.segments.distribute(collection.segments.emptyLevelZero(scope, 0).withDeletes(deletes.entries));
		return new LoadedSegment(job.id, collection, partition, deletes.source, deletes.source, true, deletes.objects,
				0);
	}

	private String zoneKey(ImportOrder order) {
		String key = this.version.hasEncryptionZones() ? order.options().getOrDefault("ezk", "") : "";
		return key.isEmpty() ? key : this.catalogue.unwrapped(key);
	}

	private static void requireTimestamp(ImportOrder order) {
		if (order.endTimestamp() < FIRST_TIMESTAMP) {
			throw new IllegalStateException(
					"end_ts is not a valid hybrid timestamp, value=" + order.options().get("end_ts"));
		}
	}

	/** -1 when the name is no number. */
	private static long id(String path) {
		String name = ServerPaths.baseName(path);
		return name.matches("\\d{1,18}") ? Long.parseLong(name) : -1;
	}

	private record Deletes(long source, List<ObjectStat> objects, List<FakeEntry> entries) {
	}

}
