package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Partition;

/**
 * Reads {@code BackupInfo} with the whole tree below it; the segments go to the sink as
 * they come.
 */
final class TreeReader {

	private final JsonReader reader;

	private final BackupName name;

	private final SegmentSink sink;

	private final List<CollectionBackup> collections = new ArrayList<>();

	/**
	 * @param name the directory's, which wins over the one in the document
	 */
	TreeReader(JsonReader reader, BackupName name, SegmentSink sink) {
		this.reader = reader;
		this.name = name;
		this.sink = sink;
	}

	/** The tree as the whole document. */
	BackupManifest document() {
		return manifest(this.reader.document(parts()));
	}

	/** The tree as the value at the reader's current token. */
	BackupManifest value() {
		return manifest(this.reader.object(parts()));
	}

	private Map<String, Runnable> parts() {
		return Map.of("collection_backups", () -> this.reader.array(this::collection));
	}

	private BackupManifest manifest(JsonObject json) {
		Header header = Header.of(json);
		header.requireReadable(json.document());
		return new BackupManifest(header.id(), this.name, header.milvusVersion(), header.databases(), this.collections,
				header.cluster(), header.knownFormat());
	}

	/**
	 * The file of the collections of a backup of snapshots, of which there are no other
	 * files.
	 */
	BackupManifest collections(Header header) {
		this.reader.document(Map.of("infos", () -> this.reader.array(this::collection)));
		return new BackupManifest(header.id(), this.name, header.milvusVersion(), header.databases(), this.collections,
				header.cluster(), header.knownFormat());
	}

	private void collection() {
		List<Partition> partitions = new ArrayList<>();
		Map<Long, Long> sizes = new HashMap<>();
		JsonObject json = this.reader.object(Map.of("partition_backups",
				() -> this.reader.array(() -> partition(partitions, sizes)), "l0_segments", this::segments));
		SnapshotBackup snapshot = json.has(CollectionCodec.SNAPSHOT)
				? SnapshotBackup.read(json.object(CollectionCodec.SNAPSHOT)) : null;
		this.collections
			.add(new CollectionBackup(CollectionCodec.read(json, partitions), json.number("size"), sizes, snapshot));
	}

	private void partition(List<Partition> partitions, Map<Long, Long> sizes) {
		JsonObject json = this.reader.object(Map.of("segment_backups", this::segments));
		Partition partition = CollectionCodec.partition(json);
		partitions.add(partition);
		sizes.put(partition.id(), json.number("size"));
	}

	private void segments() {
		this.reader.objects((segment) -> this.sink.accept(SegmentCodec.read(segment)));
	}

}
