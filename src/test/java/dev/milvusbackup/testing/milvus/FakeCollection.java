package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectStat;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IndexDescription;

/**
 * A collection of a simulated server. Thread-safe; shares the lock of its server.
 */
public final class FakeCollection {

	private static final Set<Long> SYSTEM_FIELDS = Set.of(0L, 1L);

	private final FakeCatalogue catalogue;

	private final CollectionName name;

	private final long id;

	final Map<String, Long> partitions = new LinkedHashMap<>();

	final Set<String> aliases = new LinkedHashSet<>();

	final Map<String, IndexDescription> indexes = new LinkedHashMap<>();

	final Map<String, String> properties = new LinkedHashMap<>();

	final Set<String> loadedPartitions = new LinkedHashSet<>();

	private final List<FakeSegment> segments = new ArrayList<>();

	/** As it was asked for. */
	final CollectionSchema requested;

	CollectionSchema schema;

	int shards = 1;

	int consistencyLevel = 2;

	/** 0 for none. */
	private long dynamicFieldId;

	FakeCollection(FakeCatalogue catalogue, CollectionName name, CollectionSchema requested) {
		this.catalogue = catalogue;
		this.name = name;
		this.id = catalogue.nextId();
		this.requested = requested;
		this.schema = requested.toBuilder().setName(name.name()).clearFields().build();
		requested.getFieldsList().forEach(this::addField);
		if (requested.getEnableDynamicField()) {
			this.dynamicFieldId = nextFieldId();
		}
	}

	public CollectionName name() {
		return this.name;
	}

	public long id() {
		return this.id;
	}

	/**
	 * Creates a partition unless it exists.
	 * @return its id
	 */
	public long partition(String partition) {
		return this.catalogue
			.locked(() -> this.partitions.computeIfAbsent(partition, (key) -> this.catalogue.nextId()));
	}

	/**
	 * Adds a flushed segment with its binlogs.
	 */
	public FakeSegment insertSegment(String partition, long rows) {
		return insertSegment(partition, rows, 0);
	}

	/**
	 * Adds a flushed segment with its binlogs.
	 * @param deletes rows in its delta log, 0 for none
	 */
	public FakeSegment insertSegment(String partition, long rows, long deletes) {
		return this.catalogue.locked(() -> {
			FakeSegment segment = newSegment(partition, rows, deletes).asFlushed();
			addFlushed(segment);
			return segment;
		});
	}

	/**
	 * Adds rows that are not persistent before the next flush.
	 */
	public void insertGrowing(String partition, long rows) {
		this.catalogue.locked(() -> this.segments.add(newSegment(partition, rows, 0)));
	}

	/**
	 * Removes a segment with its binlogs, as a compaction does.
	 */
	public void removeSegment(long segmentId) {
		this.catalogue.locked(() -> {
			FakeSegment gone = this.segments.stream().filter((segment) -> segment.id() == segmentId).findFirst().get();
			this.segments.remove(gone);
			this.catalogue.binlogs().delete(gone);
			return gone;
		});
	}

	/**
	 * The flushed segments.
	 */
	public List<FakeSegment> segments() {
		return this.catalogue.locked(() -> this.segments.stream().filter(FakeSegment::flushed).toList());
	}

	/**
	 * All binlog objects of a segment.
	 */
	public List<ObjectStat> objects(FakeSegment segment) {
		return this.catalogue.binlogs().objects(segment);
	}

	/**
	 * Rows that a query would count.
	 */
	public long rows() {
		return segments().stream().mapToLong((segment) -> segment.rows() - segment.deletes()).sum();
	}

	/**
	 * For each flushed segment the one for which its rows were first written, sorted.
	 */
	public List<Long> origins() {
		return segments().stream().map(FakeSegment::origin).sorted().toList();
	}

	public FakeCollection alias(String alias) {
		this.catalogue.locked(() -> this.aliases.add(alias));
		return this;
	}

	public FakeCollection shards(int count) {
		this.catalogue.locked(() -> this.shards = count);
		return this;
	}

	public FakeCollection property(String key, String value) {
		this.catalogue.locked(() -> this.properties.put(key, value));
		return this;
	}

	public FakeCollection index(String field, String indexName, Map<String, String> params) {
		IndexDescription.Builder index = IndexDescription.newBuilder()
			.setIndexName(indexName)
			.setFieldName(field)
			.setIndexID(this.catalogue.nextId());
		params.forEach((key, value) -> index.addParams(Answers.pair(key, value)));
		this.catalogue.locked(() -> this.indexes.put(indexName, index.build()));
		return this;
	}

	/**
	 * Loads these partitions, or all when none is named.
	 */
	public FakeCollection load(String... names) {
		this.catalogue
			.locked(() -> this.loadedPartitions.addAll((names.length > 0) ? List.of(names) : this.partitions.keySet()));
		return this;
	}

	/** Ids of the directories that a segment's insert logs have. */
	Set<Long> binlogFieldIds() {
		Set<Long> ids = new TreeSet<>(SYSTEM_FIELDS);
		this.schema.getFieldsList().forEach((field) -> ids.add(field.getFieldID()));
		if (this.dynamicFieldId > 0) {
			ids.add(this.dynamicFieldId);
		}
		return ids;
	}

	void addField(FieldSchema field) {
		this.schema = this.schema.toBuilder().addFields(field.toBuilder().setFieldID(nextFieldId())).build();
	}

	void addFlushed(FakeSegment segment) {
		this.catalogue.binlogs().write(segment, binlogFieldIds());
		this.segments.add(segment);
	}

	/**
	 * @return ids of the segments that were growing
	 */
	List<Long> flush() {
		List<FakeSegment> growing = this.segments.stream().filter((segment) -> !segment.flushed()).toList();
		this.segments.removeAll(growing);
		growing.forEach((segment) -> addFlushed(segment.asFlushed()));
		return growing.stream().map(FakeSegment::id).toList();
	}

	private long nextFieldId() {
		return this.schema.getFieldsList()
			.stream()
			.mapToLong(FieldSchema::getFieldID)
			.reduce(Math.max(99, this.dynamicFieldId), Math::max) + 1;
	}

	private FakeSegment newSegment(String partition, long rows, long deletes) {
		long segmentId = this.catalogue.nextId();
		return new FakeSegment(segmentId, this.id, partition(partition), segmentId, rows, deletes, false);
	}

}
