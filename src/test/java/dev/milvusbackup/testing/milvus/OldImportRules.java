package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.milvus.FakeImports.Job;
import dev.milvusbackup.testing.milvus.FakeImports.LoadedSegment;

/**
 * Milvus 2.2 and 2.3: any number of directories above the segment's, a path without
 * objects is no error.
 */
final class OldImportRules implements ImportRules {

	private final FakeCatalogue catalogue;

	private final ServerPaths files;

	OldImportRules(FakeCatalogue catalogue, ServerPaths files) {
		this.catalogue = catalogue;
		this.files = files;
	}

	@Override
	public List<Found> find(ImportOrder order) {
		return order.files().stream().map(Found::new).toList();
	}

	@Override
	public List<LoadedSegment> load(Job job) {
		List<String> paths = job.found.get(0).paths();
		if (paths.size() != 2) {
			throw new IllegalStateException("unsupported file type: '" + paths.get(0) + "'");
		}
		Map<Long, List<ObjectStat>> inserts = bySegment(this.files.objects(paths.get(0)), 2);
		Map<Long, List<ObjectStat>> deletes = bySegment(this.files.objects(paths.get(1)), 1);
		List<ImportedSegment> segments = new ArrayList<>();
		inserts.forEach(
				(id, objects) -> segments.add(segment(job.order, id, objects, deletes.getOrDefault(id, List.of()))));
		return segments.stream().map((segment) -> segment.addTo(job)).toList();
	}

	private ImportedSegment segment(ImportOrder order, long id, List<ObjectStat> inserts, List<ObjectStat> deletes) {
		ImportReader reader = new ImportReader(this.catalogue.binlogs(), 0, endTimestamp(order), "",
				order.collection().fields.dynamicId());
		Map<Long, List<ObjectStat>> fields = ImportReader.byField(inserts);
		Set<Long> expected = order.collection().binlogFieldIds();
		if (!fields.keySet().equals(expected)) {
			throw new IllegalStateException("binlogs of the fields " + fields.keySet() + " instead of " + expected);
		}
		ImportReader.requireEqualCounts(fields);
		return reader.segment(id, fields, deletes);
	}

	/** It takes the number for milliseconds, and a hybrid timestamp overflows. */
	private static long endTimestamp(ImportOrder order) {
		long end = order.endTimestamp();
		return (end == Long.MAX_VALUE) ? end : (end << 18) & Long.MAX_VALUE;
	}

	/**
	 * @param level how far the segment's directory is above the objects
	 */
	private static Map<Long, List<ObjectStat>> bySegment(List<ObjectStat> objects, int level) {
		Map<Long, List<ObjectStat>> segments = new TreeMap<>();
		for (ObjectStat object : objects) {
			segments.computeIfAbsent(Long.valueOf(ServerPaths.directory(object, level)), (key) -> new ArrayList<>())
				.add(object);
		}
		return segments;
	}

}
