package dev.milvusbackup.testing.milvus;

import java.util.Map;
import java.util.TreeMap;
import java.util.List;
import java.util.function.Function;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.Status;

/**
 * Changes of the catalogue.
 */
final class ChangeAnswers {

	private static final int OTHER = 65535;

	private static final long DEFAULT_PARTITIONS = 16;

	private final FakeVersion version;

	private final SchemaRules rules;

	private final FakeCatalogue catalogue;

	private final Answers answers;

	ChangeAnswers(FakeVersion version, FakeCatalogue catalogue, Answers answers) {
		this.version = version;
		this.rules = new SchemaRules(version);
		this.catalogue = catalogue;
		this.answers = answers;
	}

	Status createDatabase(CreateDatabaseRequest request) {
		Map<String, String> properties = new TreeMap<>();
		if (request.getPropertiesList().stream().anyMatch((pair) -> pair.getKey().equals(FakeCatalogue.ZONE_ID))) {
			return this.answers.error(1100, "the id of an encryption zone is not a parameter: invalid parameter");
		}
		if (this.version.describesDatabases()) {
			request.getPropertiesList().forEach((pair) -> properties.put(pair.getKey(), pair.getValue()));
		}
		return this.catalogue.addDatabase(request.getDbName(), properties) ? this.answers.good()
				: this.answers.error(OTHER, "database already exist: " + request.getDbName());
	}

	Status createCollection(CollectionName name, CreateCollectionRequest request) {
		if (!this.catalogue.hasDatabase(name.database())) {
			return this.answers.databaseMissing(name.database());
		}
		CollectionSchema asked = schema(request.getSchema());
		CollectionSchema schema = this.rules.understood(asked);
		String objection = this.rules.objection(schema, request.getShardsNum());
		if (!objection.isEmpty()) {
			return this.answers.error(1100, objection + ": invalid parameter");
		}
		FakeCollection existing = this.catalogue.find(name);
		if (existing != null) {
			return (existing.name().equals(name) && existing.requested.equals(schema)) ? this.answers.good()
					: this.answers.error(OTHER,
							"create duplicate collection with different parameters, collection: " + name.name());
		}
		FakeCollection created = this.catalogue.create(name, schema);
		fill(created, request);
		this.catalogue.complete(created);
		return this.answers.good();
	}

	private void fill(FakeCollection collection, CreateCollectionRequest request) {
		collection.shards = Math.max(1, request.getShardsNum());
		collection.consistencyLevel = request.getConsistencyLevelValue();
		collection.requested.getPropertiesList().forEach((pair) -> collection.property(pair.getKey(), pair.getValue()));
		request.getPropertiesList().forEach((pair) -> collection.property(pair.getKey(), pair.getValue()));
		if (collection.requested.getFieldsList().stream().noneMatch(FieldSchema::getIsPartitionKey)) {
			collection.partition("_default");
			return;
		}
		long partitions = (request.getNumPartitions() > 0) ? request.getNumPartitions() : DEFAULT_PARTITIONS;
		for (int i = 0; i < partitions; i++) {
			collection.partition("_default_" + i);
		}
	}

	Status dropCollection(CollectionName name) {
		FakeCollection collection = this.catalogue.find(name);
		if (collection == null) {
			return this.answers.good();
		}
		if (!collection.name().equals(name)) {
			return this.answers.error(OTHER, "cannot drop the collection via alias = " + name.name());
		}
		this.catalogue.drop(collection);
		return this.answers.good();
	}

	Status addField(CollectionName name, AddCollectionFieldRequest request) {
		return change(name, (collection) -> {
			collection.fields.add(field(request.getSchema()));
			return this.answers.good();
		});
	}

	Status createPartition(CollectionName name, String partition) {
		return change(name, (collection) -> {
			collection.partition(partition);
			return this.answers.good();
		});
	}

	Status createIndex(CollectionName name, CreateIndexRequest request) {
		return change(name, (collection) -> {
			// an index of a JSON path is called like its path unless it has a name
			String path = this.version.indexesJsonPaths() ? jsonPath(request.getExtraParamsList()) : "";
			String indexName = request.getIndexName().isEmpty() ? request.getFieldName() + path
					: request.getIndexName();
			IndexDescription index = IndexDescription.newBuilder()
				.setIndexName(indexName)
				.setFieldName(request.getFieldName())
				.addAllParams(request.getExtraParamsList())
				.setIndexID(this.catalogue.nextId())
				.build();
			boolean another = collection.indexes.values()
				.stream()
				.anyMatch((other) -> other.getFieldName().equals(index.getFieldName())
						&& (path.isEmpty() || path.equals(jsonPath(other.getParamsList())))
						&& !(other.getIndexName().equals(indexName)
								&& other.getParamsList().equals(index.getParamsList())));
			if (another) {
				return this.answers.error(OTHER,
						"CreateIndex failed: creating multiple indexes on same field is not supported");
			}
			collection.indexes.putIfAbsent(indexName, index);
			return this.answers.good();
		});
	}

	Status dropIndex(CollectionName name, String index) {
		return change(name, (collection) -> {
			if (!collection.loadedPartitions.isEmpty()) {
				return this.answers.error(OTHER,
						"index cannot be dropped, collection is loaded, please release it first");
			}
			collection.indexes.remove(index);
			return this.answers.good();
		});
	}

	private static String jsonPath(List<KeyValuePair> params) {
		return params.stream()
			.filter((param) -> param.getKey().equals("json_path"))
			.map(KeyValuePair::getValue)
			.findFirst()
			.orElse("");
	}

	private Status change(CollectionName name, Function<FakeCollection, Status> change) {
		FakeCollection collection = this.catalogue.find(name);
		return (collection != null) ? change.apply(collection) : this.answers.collectionMissing(name);
	}

	private static CollectionSchema schema(ByteString bytes) {
		try {
			return CollectionSchema.parseFrom(bytes);
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static FieldSchema field(ByteString bytes) {
		try {
			return FieldSchema.parseFrom(bytes);
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
