package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectStat;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.IndexState;

/**
 * A collection of a simulated server. Thread-safe; shares the lock of its server.
 */
public final class FakeCollection {

	private final FakeCatalogue catalogue;

	private final CollectionName name;

	private final long id;

	final Map<String, Long> partitions = new LinkedHashMap<>();

	final Set<String> aliases = new LinkedHashSet<>();

	final Map<String, IndexDescription> indexes = new LinkedHashMap<>();

	final Map<String, String> properties = new LinkedHashMap<>();

	final Set<String> loadedPartitions = new LinkedHashSet<>();

	final FakeSegments segments;

	/** As it was asked for. */
	final CollectionSchema requested;

	final FakeFields fields;

	/** Whether deletes go to segments of their own. */
	final boolean levelZero;

	/** Whether new segments have several columns in one file. */
	boolean columnGroups;

	int shards = 1;

	int consistencyLevel = 2;

	int replicas;

	List<String> resourceGroups = List.of();

	private long lastKey;

	FakeCollection(FakeCatalogue catalogue, CollectionName name, CollectionSchema requested, FakeVersion version) {
		this.catalogue = catalogue;
		this.name = name;
		this.id = catalogue.nextId();
		this.requested = requested;
		this.fields = new FakeFields(name.name(), requested);
		this.levelZero = version.hasLevelZero();
		this.columnGroups = version.hasColumnGroups();
		this.segments = new FakeSegments(catalogue, this);
	}

	public CollectionName name() {
		return this.name;
	}

	public long id() {
		return this.id;
	}

	/**
	 * With the ids that the server gave.
	 */
	public CollectionSchema schema() {
		return this.catalogue.locked(this.fields::schema);
	}

	/**
	 * Adds a field after all others.
	 */
	public FakeCollection addField(FieldSchema field) {
		this.catalogue.locked(() -> {
			this.fields.add(field);
			return null;
		});
		return this;
	}

	/**
	 * All that descriptions tell of it, but for its name and the ids that a server gives.
	 */
	public Map<String, Object> description() {
		return this.catalogue.locked(() -> {
			Map<String, Object> description = new TreeMap<>();
			description.put("schema", this.fields.schema().toBuilder().clearName().clearProperties().build());
			description.put("partitions", List.copyOf(new TreeSet<>(this.partitions.keySet())));
			description.put("properties", new TreeMap<>(this.properties));
			description.put("aliases", new TreeSet<>(this.aliases));
			description.put("shards", this.shards);
			description.put("consistency level", this.consistencyLevel);
			Map<String, Object> described = new TreeMap<>();
			this.indexes.forEach((index, all) -> {
				Map<String, String> params = new TreeMap<>(Map.of("field", all.getFieldName()));
				all.getParamsList().forEach((pair) -> params.put(pair.getKey(), pair.getValue()));
				described.put(index, params);
			});
			description.put("indexes", described);
			description.put("loaded", new TreeSet<>(this.loadedPartitions));
			description.put("replicas", this.replicas);
			return description;
		});
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
			FakeSegment segment = newSegment(partition, rows);
			List<FakeEntry> deleted = segment.content().subList(0, (int) deletes).stream().map(this::delete).toList();
			return this.segments.addFlushed(segment.withDeletes(deleted));
		});
	}

	/**
	 * Adds rows that are not persistent before the next flush.
	 */
	public void insertGrowing(String partition, long rows) {
		this.catalogue.locked(() -> {
			this.segments.addGrowing(newSegment(partition, rows));
			return null;
		});
	}

	/**
	 * Removes a segment with its binlogs, as a compaction does.
	 */
	public void removeSegment(long segmentId) {
		this.catalogue.locked(() -> {
			this.segments.remove(segments().stream().filter((segment) -> segment.id() == segmentId).findFirst().get());
			return null;
		});
	}

	/**
	 * The flushed segments.
	 */
	public List<FakeSegment> segments() {
		return this.catalogue.locked(this.segments::flushed);
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
		return this.catalogue.locked(() -> this.segments.visible((segment) -> true).size());
	}

	/**
	 * Rows that a query would find, by partition, in order.
	 */
	public Map<String, List<FakeEntry>> visible() {
		return this.catalogue.locked(() -> {
			Map<String, List<FakeEntry>> visible = new TreeMap<>();
			this.partitions.forEach((partition, partitionId) -> visible.put(partition,
					this.segments.visible((segment) -> segment.partitionId() == partitionId)));
			return visible;
		});
	}

	/**
	 * For each flushed segment with rows the one for which they were first written,
	 * sorted.
	 */
	public List<Long> origins() {
		return segments().stream().filter((segment) -> !segment.levelZero()).map(FakeSegment::origin).sorted().toList();
	}

	/**
	 * Single rows written and deleted, and compactions.
	 */
	public FakeHistory history() {
		return new FakeHistory(this.catalogue, this);
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

	/**
	 * New segments have one column in each file, as servers before 2.6 write them.
	 */
	public FakeCollection withoutColumnGroups() {
		this.catalogue.locked(() -> this.columnGroups = false);
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
	 * Drops a field; its number is not used again.
	 */
	public FakeCollection dropField(String field) {
		this.catalogue.locked(() -> {
			this.fields.drop(field);
			return null;
		});
		return this;
	}

	public boolean isIndexed(String field) {
		return this.catalogue
			.locked(() -> this.indexes.values().stream().anyMatch((index) -> index.getFieldName().equals(field)));
	}

	public FakeCollection withoutIndex(String indexName) {
		this.catalogue.locked(() -> this.indexes.remove(indexName));
		return this;
	}

	/**
	 * The server has given up to build the index.
	 */
	public FakeCollection failIndex(String indexName, String reason) {
		this.catalogue.locked(() -> this.indexes.computeIfPresent(indexName, (name,
				index) -> index.toBuilder().setState(IndexState.Failed).setIndexStateFailReason(reason).build()));
		return this;
	}

	/**
	 * Loads these partitions, or all when none is named.
	 */
	public FakeCollection load(String... names) {
		this.catalogue.locked(() -> {
			this.replicas = Math.max(1, this.replicas);
			return this.loadedPartitions.addAll((names.length > 0) ? List.of(names) : this.partitions.keySet());
		});
		return this;
	}

	/**
	 * Loads with that many replicas in these resource groups.
	 */
	public FakeCollection replicas(int number, String... groups) {
		this.catalogue.locked(() -> {
			this.replicas = number;
			this.resourceGroups = List.of(groups);
			return null;
		});
		return load();
	}

	String channel(int shard) {
		return "by-dev-rootcoord-dml_" + shard + "_" + this.id + "v" + shard;
	}

	Set<Long> binlogFieldIds() {
		return this.fields.stored();
	}

	private FakeSegment newSegment(String partition, long rows) {
		List<FakeEntry> content = new ArrayList<>();
		for (long row = 0; row < rows; row++) {
			content.add(this.catalogue.entry(++this.lastKey));
		}
		return this.segments.empty(partition(partition), 0).withRows(content);
	}

	private FakeEntry delete(FakeEntry row) {
		return this.catalogue.entry(row.key());
	}

}
