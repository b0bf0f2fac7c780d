package dev.milvusbackup.testing.milvus;

import java.util.Map;
import java.util.stream.LongStream;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.ValueField;

/**
 * Collections with something of everything that the version of the server can hold.
 */
final class SampleCollections {

	private SampleCollections() {
	}

	static void createIn(FakeMilvus server) {
		FakeVersion version = server.version();
		books(server);
		tenants(server, version);
		if (version.hasDatabases()) {
			server.database("shop", version.describesDatabases() ? Map.of("database.replica.number", "1") : Map.of());
			server.collection("shop.goods").insertSegment("_default", 300);
		}
		if (version.isAtLeast(2, 5, 0)) {
			articles(server);
		}
		if (version.hasRoleBackup()) {
			server.roles()
				.role("reader")
				.user("alice", "$2a$10$simulated", "reader")
				.grant("reader", "Search", "default", "books");
		}
	}

	/** Several partitions and segments, deletes of every kind, indexed and loaded. */
	private static void books(FakeMilvus server) {
		FakeCollection books = server.collection("books")
			.shards(2)
			.alias("library")
			.property("collection.ttl.seconds", "864000")
			.index("vector", "vector_idx",
					Map.of("index_type", "HNSW", "metric_type", "L2", "params", "{\"M\":16,\"efConstruction\":200}"));
		FakeHistory history = books.history();
		history.insert("_default", LongStream.range(0, 1500).toArray());
		history.insert("novels", LongStream.range(2000, 2400).toArray());
		history.flush();
		history.delete("novels", 2000, 2001);
		history.delete(null, 7, 8, 2002);
		history.flush();
		history.upsert("_default", 9, 10, 11);
		history.flush();
		books.load();
	}

	private static void tenants(FakeMilvus server, FakeVersion version) {
		if (version.isAtLeast(2, 2, 9)) {
			FakeCollection tenants = server.createPartitioned("tenants", FakeSchemas.partitioned(), 4);
			for (int i = 0; i < 4; i++) {
				tenants.insertSegment("_default_" + i, 50 + i);
			}
		}
	}

	/** Dynamic field, nullable and default values, a function. */
	private static void articles(FakeMilvus server) {
		FieldSchema text = FieldSchema.newBuilder()
			.setName("body")
			.setDataType(DataType.VarChar)
			.addTypeParams(Answers.pair("max_length", "1000"))
			.addTypeParams(Answers.pair("enable_analyzer", "true"))
			.addTypeParams(Answers.pair("enable_match", "true"))
			.build();
		CollectionSchema schema = FakeSchemas.dynamic()
			.toBuilder()
			.addFields(text)
			.addFields(FieldSchema.newBuilder()
				.setName("rating")
				.setDataType(DataType.Int64)
				.setNullable(true)
				.setDefaultValue(ValueField.newBuilder().setLongData(7)))
			.addFields(FieldSchema.newBuilder()
				.setName("sparse")
				.setDataType(DataType.SparseFloatVector)
				.setIsFunctionOutput(true))
			.addFunctions(FunctionSchema.newBuilder()
				.setName("bm25")
				.setType(FunctionType.BM25)
				.addInputFieldNames("body")
				.addOutputFieldNames("sparse"))
			.build();
		server.create("articles", schema)
			.index("sparse", "sparse_idx", Map.of("index_type", "SPARSE_INVERTED_INDEX", "metric_type", "BM25"))
			.insertSegment("_default", 1200, 3);
	}

}
