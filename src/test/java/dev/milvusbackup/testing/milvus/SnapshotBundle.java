package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.testing.milvus.FakeSegment.Logs;
import dev.milvusbackup.testing.milvus.FakeSnapshots.Result;
import dev.milvusbackup.testing.milvus.FakeSnapshots.Snapshot;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.IndexDescription;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A snapshot outside of the server: copies of its binlogs, and a description at
 * {@code snapshots/<collection>/metadata/<snapshot>.json}.
 *
 * @param root under which several of them may lie
 */
record SnapshotBundle(FakeCatalogue catalogue, ObjectStore store, ObjectPrefix root) {

	private static final String ANCHOR = "snapshots/";

	/**
	 * @param description key of a description
	 * @throws IllegalStateException when no bundle can have one there
	 */
	static SnapshotBundle around(FakeCatalogue catalogue, ObjectStore store, String description) {
		int anchor = description.lastIndexOf(ANCHOR);
		if (anchor < 0 || !description.endsWith(".json")) {
			throw new IllegalStateException("invalid snapshot metadata uri: " + description);
		}
		return new SnapshotBundle(catalogue, store, ObjectPrefix.of(description.substring(0, anchor)));
	}

	/**
	 * @return with the key of the description
	 */
	Result write(Snapshot snapshot) {
		FakeBinlogs binlogs = new FakeBinlogs(this.store, new MilvusLayout(this.root));
		FakeCollection collection = snapshot.collection();
		long files = 0;
		long bytes = 0;
		List<Object> segments = new ArrayList<>();
		for (FakeSegment segment : snapshot.segments()) {
			FakeSegment written = binlogs.write(segment,
					(segment.storageVersion() == 2) ? collection.fields.groups() : collection.fields.oneEach(),
					collection.fields.dynamicId(), this.catalogue::nextId);
			List<ObjectStat> objects = binlogs.objects(written);
			files += objects.size();
			bytes += objects.stream().mapToLong(ObjectStat::bytes).sum();
			segments.add(Map.of("id", segment.id(), "partition", segment.partitionId(), "levelZero",
					segment.levelZero(), "storageVersion", segment.storageVersion(), "objects", objects.size()));
		}
		ObjectKey key = this.root.directory("snapshots")
			.directory(collection.id())
			.directory("metadata")
			.key(snapshot.id() + ".json");
		byte[] description = description(collection, segments).getBytes(StandardCharsets.UTF_8);
		this.store.write(key, ObjectContent.of(description));
		return new Result(key.value(), files + 1, bytes + description.length);
	}

	private static String description(FakeCollection collection, List<Object> segments) {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("collection", collection.id());
		description.put("schema", Base64.getEncoder().encodeToString(collection.requested.toByteArray()));
		description.put("fields", Base64.getEncoder().encodeToString(collection.fields.schema().toByteArray()));
		description.put("partitions", collection.partitions);
		description.put("properties", collection.properties);
		description.put("shards", collection.shards);
		description.put("consistencyLevel", collection.consistencyLevel);
		description.put("indexes",
				collection.indexes.values()
					.stream()
					.map((index) -> Base64.getEncoder().encodeToString(index.toByteArray()))
					.toList());
		description.put("segments", segments);
		return JsonMapper.shared().writeValueAsString(description);
	}

	/**
	 * Makes a new collection of it.
	 * @throws IllegalStateException when something of it is missing or damaged
	 */
	Result restore(ObjectKey description, CollectionName name) {
		JsonNode json;
		try (InputStream stream = this.store.read(description)) {
			json = JsonMapper.shared().readTree(stream.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to read '" + description + "'", ex);
		}
		List<FakeSegment> segments = new ArrayList<>();
		json.path("segments").forEach((segment) -> segments.add(read(json, segment)));
		FakeCollection collection = create(json, name);
		Map<Long, Long> partitions = new LinkedHashMap<>();
		json.path("partitions")
			.properties()
			.forEach((partition) -> partitions.put(partition.getValue().asLong(),
					collection.partition(partition.getKey())));
		for (FakeSegment segment : segments) {
			collection.segments.addFlushed(segment.movedTo(this.catalogue.nextId(), collection.id(),
					partitions.getOrDefault(segment.partitionId(), FakeSegment.ALL_PARTITIONS)));
		}
		return new Result("", segments.size(), 0);
	}

	private FakeCollection create(JsonNode json, CollectionName name) {
		if (this.catalogue.find(name) != null) {
			throw new IllegalStateException("collection already exists: " + name);
		}
		try {
			FakeCollection collection = this.catalogue.create(name,
					CollectionSchema.parseFrom(Base64.getDecoder().decode(json.path("schema").asString())));
			collection.fields
				.restore(CollectionSchema.parseFrom(Base64.getDecoder().decode(json.path("fields").asString())));
			collection.shards(json.path("shards").asInt());
			collection.consistencyLevel = json.path("consistencyLevel").asInt();
			json.path("properties")
				.properties()
				.forEach((pair) -> collection.property(pair.getKey(), pair.getValue().asString()));
			for (JsonNode encoded : json.path("indexes")) {
				IndexDescription index = IndexDescription.parseFrom(Base64.getDecoder().decode(encoded.asString()));
				collection.indexes.put(index.getIndexName(), index);
			}
			return collection;
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException("the snapshot is damaged", ex);
		}
	}

	private FakeSegment read(JsonNode json, JsonNode segment) {
		FakeBinlogs binlogs = new FakeBinlogs(this.store, new MilvusLayout(this.root));
		FakeSegment empty = new FakeSegment(segment.path("id").asLong(), json.path("collection").asLong(),
				segment.path("partition").asLong(), segment.path("id").asLong(), segment.path("levelZero").asBoolean(),
				0, segment.path("storageVersion").asInt(), List.of(), List.of(), Logs.NONE);
		List<ObjectStat> objects = binlogs.objects(empty);
		if (objects.size() != segment.path("objects").asInt()) {
			throw new IllegalStateException("files of segment " + empty.id() + " are missing");
		}
		List<ObjectStat> inserts = objects.stream()
			.filter((object) -> object.key().value().contains("/insert_log/"))
			.toList();
		List<ObjectStat> deltas = objects.stream().filter((object) -> !inserts.contains(object)).toList();
		ImportReader reader = new ImportReader(binlogs, empty.storageVersion(), Long.MAX_VALUE, "", ImportReader.ANY);
		FakeSegment filled = empty.withDeletes(reader.deletes(deltas));
		return inserts.isEmpty() ? filled
				: filled.withRows(reader.segment(empty.id(), ImportReader.byField(inserts), List.of()).rows());
	}

}
