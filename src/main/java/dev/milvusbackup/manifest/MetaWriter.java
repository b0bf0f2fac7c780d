package dev.milvusbackup.manifest;

import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.milvusbackup.manifest.CollectionCodec.CollectionParts;
import dev.milvusbackup.manifest.CollectionCodec.PartitionParts;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;

/**
 * The documents of one backup, each a method that writes their properties. Segments are
 * read anew for every document and one at a time.
 *
 * @param manifest what is written; its sizes do not matter
 * @param sizes the sizes that are written
 */
record MetaWriter(BackupManifest manifest, SegmentSource source, SegmentCodec segments, Sizes sizes) {

	void backup(JsonWriter json) {
		head(json);
		tail(json);
	}

	/**
	 * With the collection-wide deletes, so that releases that do not know the tree have
	 * them.
	 */
	void collections(JsonWriter json) {
		json.objects("infos", this.manifest.collections(), (backup) -> collection(json, backup, false));
	}

	void partitions(JsonWriter json) {
		json.objects("infos", parts()::forEach, (part) -> partition(json, part.collection(), part.partition(), false));
	}

	void segments(JsonWriter json) {
		Consumer<Consumer<Segment>> all = (to) -> parts()
			.forEach((part) -> each(part.collection().id(), part.partition().id(), to));
		json.objects("infos", all, (segment) -> this.segments.write(json, segment));
	}

	/** Hands on every segment, collection-wide deletes first. */
	void eachSegment(Consumer<Segment> to) {
		this.manifest.collections().forEach((backup) -> each(backup.collection().id(), Partition.ALL, to));
		parts().forEach((part) -> each(part.collection().id(), part.partition().id(), to));
	}

	void full(JsonWriter json) {
		head(json);
		json.objects("collection_backups", this.manifest.collections(), (backup) -> collection(json, backup, true));
		tail(json);
		ClusterCodec.write(json, this.manifest.cluster(), this.manifest.databases());
	}

	private void head(JsonWriter json) {
		json.text("id", this.manifest.id())
			.numberAlways("state_code", CollectionCodec.SUCCESS)
			.text("name", this.manifest.name().value());
	}

	private void tail(JsonWriter json) {
		long size = this.manifest.collections().stream().mapToLong(this::size).sum();
		json.numberAlways("size", size)
			.text("milvus_version", this.manifest.milvusVersion())
			.text("format", this.manifest.format().text());
	}

	private long size(CollectionBackup backup) {
		SnapshotBackup snapshot = backup.snapshot();
		return (snapshot != null) ? snapshot.bytes() : this.sizes.collection(backup.collection().id());
	}

	private void collection(JsonWriter json, CollectionBackup backup, boolean tree) {
		Collection collection = backup.collection();
		Runnable partitions = () -> json.objects("partition_backups", collection.partitions(),
				(partition) -> partition(json, collection, partition, tree));
		Runnable l0Segments = () -> segments(json, "l0_segments", collection.id(), Partition.ALL);
		CollectionCodec.write(json, collection,
				new CollectionParts(this.manifest.id(), size(backup), partitions, l0Segments, backup.snapshot()));
	}

	private void partition(JsonWriter json, Collection collection, Partition partition, boolean tree) {
		Runnable segments = () -> {
			if (tree) {
				segments(json, "segment_backups", collection.id(), partition.id());
			}
		};
		CollectionCodec.write(json, partition,
				new PartitionParts(collection.id(), this.sizes.partition(collection.id(), partition.id()), segments));
	}

	private void segments(JsonWriter json, String key, long collectionId, long partitionId) {
		Consumer<Consumer<Segment>> all = (to) -> each(collectionId, partitionId, to);
		json.objects(key, all, (segment) -> this.segments.write(json, segment));
	}

	/** No iterator: one over a flat-mapped stream would hold all of it in memory. */
	private void each(long collectionId, long partitionId, Consumer<Segment> to) {
		try (Stream<Segment> segments = this.source.segments(collectionId, partitionId)) {
			segments.forEachOrdered(to);
		}
	}

	private Stream<Part> parts() {
		return this.manifest.collections()
			.stream()
			.map(CollectionBackup::collection)
			.flatMap((collection) -> collection.partitions()
				.stream()
				.map((partition) -> new Part(collection, partition)));
	}

	private record Part(Collection collection, Partition partition) {
	}

}
