package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;

/**
 * Puts the tree together from the level files of a backup that has no tree: its writing
 * broke off, or its writer knew none. Collection-wide deletes, which releases since
 * v0.5.13 name in the tree only, are found by listing them: without them deleted rows
 * would come back.
 */
final class LevelFilesReader {

	private final MetaFiles files;

	private final SegmentSink sink;

	private final Sizes sizes = new Sizes();

	private final Map<Long, Set<String>> knownL0 = new HashMap<>();

	LevelFilesReader(MetaFiles files, SegmentSink sink) {
		this.files = files;
		this.sink = sink;
	}

	BackupManifest read(Header header) {
		Map<Long, List<Partition>> partitions = partitions();
		List<Collection> collections = collections(partitions);
		segments(partitions);
		collections.forEach(this::unnamedL0Segments);
		List<CollectionBackup> backups = collections.stream().map(this::withSizes).toList();
		return new BackupManifest(header.id(), this.files.layout().name(), header.milvusVersion(), header.databases(),
				backups, header.cluster());
	}

	private Map<Long, List<Partition>> partitions() {
		Map<Long, List<Partition>> partitions = new HashMap<>();
		each(MetaFile.PARTITIONS,
				(reader) -> reader.objects(
						(json) -> partitions.computeIfAbsent(json.number("collection_id"), (id) -> new ArrayList<>())
							.add(CollectionCodec.partition(json))));
		return partitions;
	}

	private List<Collection> collections(Map<Long, List<Partition>> partitions) {
		List<Collection> collections = new ArrayList<>();
		each(MetaFile.COLLECTIONS, (reader) -> reader.array(() -> {
			JsonObject json = reader.object(
					Map.of("partition_backups", reader::skip, "l0_segments", () -> reader.objects(this::l0Segment)));
			collections
				.add(CollectionCodec.read(json, partitions.getOrDefault(json.number("collection_id"), List.of())));
		}));
		return collections;
	}

	private void l0Segment(JsonObject json) {
		Segment segment = SegmentCodec.read(json);
		this.knownL0.computeIfAbsent(segment.collectionId(), (id) -> new HashSet<>()).add(Long.toString(segment.id()));
		accept(segment);
	}

	private void segments(Map<Long, List<Partition>> partitions) {
		Set<List<Long>> known = new HashSet<>();
		partitions.forEach(
				(collectionId, list) -> list.forEach((partition) -> known.add(List.of(collectionId, partition.id()))));
		each(MetaFile.SEGMENTS, (reader) -> reader.objects((json) -> {
			Segment segment = SegmentCodec.read(json);
			if (!known.contains(List.of(segment.collectionId(), segment.partitionId()))) {
				throw json.damaged("segment " + segment.id() + " is of a partition that is not in '"
						+ MetaFile.PARTITIONS.fileName() + "'");
			}
			accept(segment);
		}));
	}

	private void each(MetaFile file, Consumer<JsonReader> infos) {
		Damage damage = this.files.damage(file);
		this.files.read(file, (reader) -> reader.document(Map.of("infos", () -> infos.accept(reader))))
			.orElseThrow(() -> damage.of("it is missing, and so is '" + MetaFile.FULL.fileName() + "'"));
	}

	private void unnamedL0Segments(Collection collection) {
		BackupLayout layout = this.files.layout();
		ObjectPrefix directory = layout.logs(BinlogKind.DELTA, collection.id()).directory(Partition.ALL);
		Set<String> known = this.knownL0.getOrDefault(collection.id(), Set.of());
		for (String name : this.files.store().directories(directory)) {
			List<Binlog> logs = known.contains(name) ? List.of() : logs(layout, directory.directory(name));
			if (!logs.isEmpty()) {
				accept(new Segment(Long.parseLong(name), collection.id(), Partition.ALL, 0, SegmentLevel.L0, 0, null, 0,
						logs));
			}
		}
	}

	private List<Binlog> logs(BackupLayout layout, ObjectPrefix segment) {
		try (Stream<ObjectStat> objects = this.files.store().list(segment)) {
			return objects
				.flatMap((object) -> layout.parse(object.key())
					.stream()
					.map((location) -> new Binlog(BinlogKind.DELTA, 0, location.log().logId(), object.bytes(), null)))
				.sorted(Comparator.comparingLong(Binlog::logId))
				.toList();
		}
	}

	private void accept(Segment segment) {
		this.sizes.add(segment);
		this.sink.accept(segment);
	}

	private CollectionBackup withSizes(Collection collection) {
		return new CollectionBackup(collection, this.sizes.collection(collection.id()), this.sizes.of(collection));
	}

}
