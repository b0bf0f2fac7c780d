package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Checkpoint;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Function;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Schema;

/**
 * Collections as a backup describes them.
 */
final class Samples {

	static final CollectionName BOOKS = CollectionName.parse("books");

	private Samples() {
	}

	/** Key, text and vector. */
	static Schema schema() {
		Field key = new Field(100, "id", true, "the key", 5, List.of(), List.of(), false, 0, 0, false, false, false,
				false, false, null);
		Field text = new Field(101, "text", false, "", 21, List.of(new KeyValue("max_length", "64")), List.of(), false,
				0, 0, false, false, false, false, false, null);
		Field vector = new Field(102, "vector", false, "", 101, List.of(new KeyValue("dim", "4")), List.of(), false, 0,
				0, false, false, false, false, false, null);
		return new Schema("old_name", "described", false, List.of(key, text, vector), false,
				List.of(new KeyValue("only.schema", "s"), new KeyValue("both", "schema")), List.of(), List.of());
	}

	static Schema dynamic(Schema schema) {
		return new Schema(schema.name(), schema.description(), schema.autoId(), schema.fields(), true,
				schema.properties(), schema.functions(), schema.structArrayFields());
	}

	static Schema withFunction(Schema schema) {
		Function function = new Function("bm25", 100, "", 1, List.of("text"), List.of(101L), List.of(), List.of(),
				List.of());
		return new Schema(schema.name(), schema.description(), schema.autoId(), schema.fields(),
				schema.dynamicFieldEnabled(), schema.properties(), List.of(function), schema.structArrayFields());
	}

	/** With another field of that id instead of the one in that place. */
	static Schema replacing(Schema schema, int position, Field field) {
		List<Field> fields = new ArrayList<>(schema.fields());
		fields.set(position, field);
		return new Schema(schema.name(), schema.description(), schema.autoId(), fields, schema.dynamicFieldEnabled(),
				schema.properties(), schema.functions(), schema.structArrayFields());
	}

	/** Text field with that id. */
	static Field text(long id, boolean partitionKey, boolean nullable, String defaultValue) {
		return new Field(id, "text", false, "", 21, List.of(new KeyValue("max_length", "64")), List.of(), false, 0, 0,
				false, partitionKey, nullable, false, false, defaultValue);
	}

	/** {@link #BOOKS} with two shards and two partitions. */
	static Collection books(Schema schema) {
		List<Partition> partitions = List.of(new Partition(1, "a", LoadState.NOT_LOADED),
				new Partition(2, "b", LoadState.NOT_LOADED));
		return new Collection(7, BOOKS, 0, schema, 2, 1, partitions, List.of(), LoadState.NOT_LOADED,
				List.of(new KeyValue("both", "collection"), new KeyValue("only.collection", "c")), List.of(), List.of(),
				List.of(), 0, Checkpoint.NONE);
	}

}
