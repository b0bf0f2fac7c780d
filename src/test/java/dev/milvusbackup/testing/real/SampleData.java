package dev.milvusbackup.testing.real;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CreateCollectionReqBuilder;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.database.request.CreateDatabaseReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;

/**
 * Fills a real Milvus with collections that together have everything a backup must carry.
 * The rows are the same in every run. What it makes is flushed and not loaded.
 */
public final class SampleData implements AutoCloseable {

	/** Other than any default, so that a lost property shows. */
	public static final String TTL_SECONDS = "8640000";

	private static final String DEFAULT_DATABASE = "default";

	private final RealMilvus milvus;

	private final Map<String, MilvusClientV2> clients = new HashMap<>();

	public SampleData(RealMilvus milvus) {
		this.milvus = milvus;
	}

	/**
	 * Makes one collection of each kind, named with the prefix: in the default database
	 * {@code <prefix>_types} (alias {@code <prefix>_alias}), {@code _text_key},
	 * {@code _binary}, {@code _partition_key} and {@code _empty}, and
	 * {@code <prefix>_types} once more in the database {@code <prefix>_db}.
	 */
	public List<SampleCollection> createAll(String prefix) {
		List<SampleCollection> all = new ArrayList<>();
		all.add(allTypes(DEFAULT_DATABASE, prefix + "_types", 900));
		alias(all.get(0), prefix + "_alias");
		all.add(textKey(DEFAULT_DATABASE, prefix + "_text_key", 200));
		all.add(binaryAutoId(DEFAULT_DATABASE, prefix + "_binary", 300));
		all.add(partitionKey(DEFAULT_DATABASE, prefix + "_partition_key", 300));
		all.add(empty(DEFAULT_DATABASE, prefix + "_empty"));
		createDatabase(prefix + "_db");
		all.add(allTypes(prefix + "_db", prefix + "_types", 150));
		return all;
	}

	/**
	 * Every type of field but binary vectors, the dynamic field, two shards, three
	 * partitions, deletes in each of them, vector and scalar indexes, a TTL property.
	 * @param rows how many are inserted; 5 are deleted of each third
	 */
	public SampleCollection allTypes(String database, String name, int rows) {
		boolean arrays = this.milvus.version().hasArrays();
		CollectionWriter writer = create(database, name, SampleSchemas.allTypes(arrays),
				(collection) -> collection.numShards(2)
					.property("collection.ttl.seconds", TTL_SECONDS)
					.consistencyLevel(ConsistencyLevel.SESSION)
					.description("all types"));
		writer.index(SampleSchemas.allTypesIndexes());
		int third = rows / 3;
		writer.insert(SampleRows.rows(0, third, (number) -> SampleRows.allTypes(number, arrays)));
		writer.delete("id in [0, 1, 2, 3, 4]");
		writer.flush();
		for (int from = third; from < 3 * third; from += third) {
			String partition = "part_" + from / third;
			writer.createPartition(partition);
			writer.insert(partition,
					SampleRows.rows(from, from + third, (number) -> SampleRows.allTypes(number, arrays)));
			writer.flush();
			writer.delete("id in [%d, %d, %d, %d, %d]".formatted(from, from + 1, from + 2, from + 3, from + 4));
		}
		writer.flushDeletes(3);
		return new SampleCollection(database, name, 3 * third - 15, 15);
	}

	/**
	 * A VARCHAR primary key.
	 * @param rows how many are inserted; 2 are deleted
	 */
	public SampleCollection textKey(String database, String name, int rows) {
		CollectionWriter writer = create(database, name, SampleSchemas.textKey(), UnaryOperator.identity());
		writer.index(SampleSchemas.vectorIndex());
		writer.insert(SampleRows.rows(0, rows, SampleRows::textKey));
		writer.delete("key in [\"k-00003\", \"k-00005\"]");
		writer.flush();
		return new SampleCollection(database, name, rows - 2, 2);
	}

	/**
	 * Binary vectors and a primary key that the server makes; the field {@code number} is
	 * unique.
	 */
	public SampleCollection binaryAutoId(String database, String name, int rows) {
		CollectionWriter writer = create(database, name, SampleSchemas.binaryAutoId(), UnaryOperator.identity());
		writer.index(SampleSchemas.binaryIndex());
		writer.insert(SampleRows.rows(0, rows, SampleRows::binary));
		writer.flush();
		return new SampleCollection(database, name, rows, 0);
	}

	/**
	 * Four partitions made from a partition key.
	 */
	public SampleCollection partitionKey(String database, String name, int rows) {
		CollectionWriter writer = create(database, name, SampleSchemas.partitionKey(),
				(collection) -> collection.numPartitions(4));
		writer.index(SampleSchemas.vectorIndex());
		writer.insert(SampleRows.rows(0, rows, SampleRows::partitionKey));
		writer.flush();
		return new SampleCollection(database, name, rows, 0);
	}

	/**
	 * No row and no index.
	 */
	public SampleCollection empty(String database, String name) {
		create(database, name, SampleSchemas.textKey(), UnaryOperator.identity());
		return new SampleCollection(database, name, 0, 0);
	}

	public void createDatabase(String database) {
		client(DEFAULT_DATABASE).createDatabase(CreateDatabaseReq.builder().databaseName(database).build());
	}

	public void alias(SampleCollection collection, String alias) {
		client(collection.database())
			.createAlias(CreateAliasReq.builder().collectionName(collection.name()).alias(alias).build());
	}

	public void drop(SampleCollection collection) {
		client(collection.database())
			.dropCollection(DropCollectionReq.builder().collectionName(collection.name()).build());
	}

	/**
	 * The client of the database; this object closes it.
	 */
	public MilvusClientV2 client(String database) {
		return this.clients.computeIfAbsent(database, this.milvus::connect);
	}

	@Override
	public void close() {
		this.clients.values().forEach(MilvusClientV2::close);
		this.clients.clear();
	}

	private CollectionWriter create(String database, String name, CollectionSchema schema,
			UnaryOperator<CreateCollectionReqBuilder> options) {
		MilvusClientV2 client = client(database);
		client.createCollection(
				options.apply(CreateCollectionReq.builder().collectionName(name).collectionSchema(schema)).build());
		return new CollectionWriter(this.milvus, client, name);
	}

}
