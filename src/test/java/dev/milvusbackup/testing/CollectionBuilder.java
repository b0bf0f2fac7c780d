package dev.milvusbackup.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Checkpoint;
import dev.milvusbackup.model.Collection.Replicas;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Function;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.IndexExtra;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.StructArrayField;

/**
 * Builds collections: without {@link #everything()} small ones with an int64 key and a
 * vector.
 */
public final class CollectionBuilder {

	/** Milvus's number of the type. */
	public static final int INT64 = 5;

	/** Milvus's number of the type. */
	public static final int VARCHAR = 21;

	/** Milvus's number of the type. */
	public static final int FLOAT_VECTOR = 101;

	private final long id;

	private final CollectionName name;

	private final List<Partition> partitions = new ArrayList<>();

	private boolean everything;

	private CollectionBuilder(long id, CollectionName name) {
		this.id = id;
		this.name = name;
	}

	/**
	 * @param name {@code collection} or {@code database.collection}
	 */
	public static CollectionBuilder collection(long id, String name) {
		return new CollectionBuilder(id, CollectionName.parse(name));
	}

	public CollectionBuilder partition(long partitionId, String partitionName) {
		this.partitions.add(new Partition(partitionId, partitionName, LoadState.NOT_LOADED));
		return this;
	}

	/** Whatever a collection can have. */
	public CollectionBuilder everything() {
		this.everything = true;
		return this;
	}

	public Collection build() {
		if (!this.everything) {
			return new Collection(this.id, this.name, 0, schema(List.of(key(), vector())), 1, 2, this.partitions,
					List.of(), LoadState.NOT_LOADED, List.of(), List.of(), List.of(), List.of(), 0, Checkpoint.NONE);
		}
		Checkpoint checkpoint = new Checkpoint(461530111222333440L, 1760597653,
				Map.of("by-dev-rootcoord-dml_1_1v1", "Cgx5", "by-dev-rootcoord-dml_0_1v0", "Cgx4"));
		return new Collection(this.id, this.name, 7, richSchema(), 2, 0, this.partitions, indexes(), LoadState.LOADED,
				List.of(new KeyValue("collection.ttl.seconds", "86400"), new KeyValue("empty", "")),
				List.of("alias_b", "alias_a"), List.of("by-dev-rootcoord-dml_0_1v0", "by-dev-rootcoord-dml_1_1v1"),
				List.of("by-dev-rootcoord-dml_0", "by-dev-rootcoord-dml_1"), 461529999888777216L, checkpoint,
				new Replicas(2, List.of("rg1", "rg2")));
	}

	private Schema schema(List<Field> fields) {
		return new Schema(this.name.name(), "", false, fields, false, List.of(), List.of(), List.of());
	}

	private Schema richSchema() {
		Field text = new Field(102, "text", false, "<&> \u2028 한국어 \"quoted\"", VARCHAR,
				List.of(new KeyValue("max_length", "256"), new KeyValue("analyzer_params", "{\"a\":1}")),
				List.of(new KeyValue("mmap.enabled", "true")), false, 0, 0, false, true, true, false, true, "MgNuL2E=");
		Field array = new Field(103, "array", false, "", 22, List.of(new KeyValue("max_capacity", "8")), List.of(),
				false, 1, INT64, false, false, false, false, false, null);
		Field sparse = new Field(104, "sparse", false, "", 104, List.of(), List.of(), false, 0, 0, false, false, false,
				true, false, null);
		Field meta = new Field(105, "$meta", false, "", 23, List.of(), List.of(), false, 0, 0, true, false, false,
				false, false, null);
		Field sub = new Field(107, "sub", false, "", 106, List.of(new KeyValue("dim", "4")), List.of(), false, 0,
				FLOAT_VECTOR, false, false, false, false, false, null);
		Function bm25 = new Function("bm25", 100, "finds words", 1, List.of("text"), List.of(102L), List.of("sparse"),
				List.of(104L), List.of(new KeyValue("k", "v")));
		StructArrayField struct = new StructArrayField(106, "struct", "a list", List.of(sub),
				List.of(new KeyValue("max_capacity", "3")), true);
		return new Schema(this.name.name(), "a description", true, List.of(key(), vector(), text, array, sparse, meta),
				true, List.of(new KeyValue("schema.property", "1")), List.of(bm25), List.of(struct));
	}

	private static List<Index> indexes() {
		Map<String, String> params = Map.of("index_type", "HNSW", "metric_type", "L2", "params", "{\"M\":16}");
		IndexExtra extra = new IndexExtra(101, -1, List.of(new KeyValue("dim", "8")),
				List.of(new KeyValue("index_type", "HNSW")), List.of(new KeyValue("M", "16")), true, 1, 8);
		return List.of(new Index("vector", "vector_idx", "HNSW", params, 461530000000100010L, extra),
				new Index("text", "text_idx", "", Map.of(), 0));
	}

	private static Field key() {
		return new Field(100, "id", true, "", INT64, List.of(), List.of(), false, 0, 0, false, false, false, false,
				false, null);
	}

	private static Field vector() {
		return new Field(101, "vector", false, "", FLOAT_VECTOR, List.of(new KeyValue("dim", "8")), List.of(), false, 0,
				0, false, false, false, false, false, null);
	}

}
