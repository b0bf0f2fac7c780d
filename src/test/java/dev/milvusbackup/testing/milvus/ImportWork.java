package dev.milvusbackup.testing.milvus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.milvus.FakeImports.Job;
import dev.milvusbackup.testing.milvus.FakeImports.LoadedSegment;
import io.milvus.grpc.ImportState;
import org.jspecify.annotations.Nullable;

/**
 * Loads binlogs as Milvus 2.2 and 2.3 do: any number of directories above the segment's,
 * a path without objects is no error.
 */
final class ImportWork {

	private final FakeCatalogue catalogue;

	private final @Nullable Path localDirectory;

	/**
	 * @param localDirectory where the store's keys begin in the file system of the
	 * server, null when the store is a bucket
	 */
	ImportWork(FakeCatalogue catalogue, @Nullable Path localDirectory) {
		this.catalogue = catalogue;
		this.localDirectory = localDirectory;
	}

	/**
	 * Does the job, completely or not at all.
	 */
	List<LoadedSegment> finish(Job job) {
		try {
			if (job.plannedFailure != null) {
				throw new IllegalStateException(job.plannedFailure);
			}
			List<LoadedSegment> segments = read(job);
			segments.forEach((segment) -> add(job, segment));
			job.rows = segments.stream().mapToLong(LoadedSegment::rows).sum();
			job.state = ImportState.ImportCompleted;
			return segments;
		}
		catch (RuntimeException ex) {
			job.reason = ex.getMessage() + ": importing data failed";
			job.state = ImportState.ImportFailed;
			return List.of();
		}
	}

	private void add(Job job, LoadedSegment segment) {
		job.collection.addFlushed(new FakeSegment(this.catalogue.nextId(), job.collection.id(),
				job.collection.partition(job.partition), segment.origin(), segment.rows(), 0, true));
	}

	private List<LoadedSegment> read(Job job) {
		if (job.files.size() != 2) {
			throw new IllegalStateException("unsupported file type: '" + job.files.get(0) + "'");
		}
		Map<Long, List<ObjectStat>> inserts = bySegment(objects(job.files.get(0)), 2);
		Map<Long, List<ObjectStat>> deletes = bySegment(objects(job.files.get(1)), 1);
		List<LoadedSegment> segments = new ArrayList<>();
		inserts.forEach((segment, objects) -> segments
			.add(segment(job, segment, objects, deletes.getOrDefault(segment, List.of()))));
		return segments;
	}

	private LoadedSegment segment(Job job, long segment, List<ObjectStat> inserts, List<ObjectStat> deletes) {
		Map<Long, List<FakeBinlogs.Content>> fields = new TreeMap<>();
		for (ObjectStat object : inserts) {
			FakeBinlogs.Content content = this.catalogue.binlogs().read(object.key());
			long field = directory(object, 1);
			if (content.field() != field) {
				throw new IllegalStateException("binlog '" + object.key() + "' is not of field " + field);
			}
			fields.computeIfAbsent(field, (key) -> new ArrayList<>()).add(content);
		}
		requireFields(job.collection.binlogFieldIds(), fields);
		List<FakeBinlogs.Content> first = fields.values().iterator().next();
		long rows = first.stream().mapToLong(FakeBinlogs.Content::rows).sum();
		long deleted = deletes.stream()
			.mapToLong((object) -> this.catalogue.binlogs().read(object.key()).deletes())
			.sum();
		List<ObjectStat> objects = new ArrayList<>(inserts);
		objects.addAll(deletes);
		return new LoadedSegment(job.id, job.collection, job.partition, segment, first.get(0).origin(), objects,
				rows - deleted);
	}

	private static void requireFields(Set<Long> expected, Map<Long, List<FakeBinlogs.Content>> fields) {
		if (!fields.keySet().equals(expected)) {
			throw new IllegalStateException("binlogs of the fields " + fields.keySet() + " instead of " + expected);
		}
		if (fields.values().stream().map(List::size).distinct().count() != 1
				|| fields.values().stream().map(ImportWork::rows).distinct().count() != 1) {
			throw new IllegalStateException("different file num or row count of the fields");
		}
	}

	private static long rows(List<FakeBinlogs.Content> contents) {
		return contents.stream().mapToLong(FakeBinlogs.Content::rows).sum();
	}

	/**
	 * @param level how far the segment's directory is above the objects
	 */
	private static Map<Long, List<ObjectStat>> bySegment(List<ObjectStat> objects, int level) {
		Map<Long, List<ObjectStat>> segments = new TreeMap<>();
		for (ObjectStat object : objects) {
			segments.computeIfAbsent(directory(object, level), (key) -> new ArrayList<>()).add(object);
		}
		return segments;
	}

	private static long directory(ObjectStat object, int level) {
		String[] parts = object.key().value().split("/");
		return Long.parseLong(parts[parts.length - 1 - level]);
	}

	private List<ObjectStat> objects(String path) {
		return prefix(path).map(this.catalogue.binlogs()::list).orElse(List.of());
	}

	private Optional<ObjectPrefix> prefix(String path) {
		if (path.isEmpty() || path.contains("//")) {
			return Optional.empty();
		}
		if (this.localDirectory == null) {
			return path.startsWith("/") ? Optional.empty() : Optional.of(ObjectPrefix.of(path));
		}
		Path absolute = Path.of(path);
		return absolute.startsWith(this.localDirectory)
				? Optional.of(ObjectPrefix.of(this.localDirectory.relativize(absolute).toString())) : Optional.empty();
	}

}
