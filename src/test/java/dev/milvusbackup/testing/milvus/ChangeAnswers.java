package dev.milvusbackup.testing.milvus;

import java.util.function.Function;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.Status;

/**
 * Changes of the catalogue.
 */
final class ChangeAnswers {

	private static final int OTHER = 65535;

	private final FakeCatalogue catalogue;

	private final Answers answers;

	ChangeAnswers(FakeCatalogue catalogue, Answers answers) {
		this.catalogue = catalogue;
		this.answers = answers;
	}

	Status createDatabase(CreateDatabaseRequest request) {
		return this.catalogue.addDatabase(request.getDbName()) ? this.answers.good()
				: this.answers.error(OTHER, "database already exist: " + request.getDbName());
	}

	Status createCollection(CollectionName name, CreateCollectionRequest request) {
		if (!this.catalogue.hasDatabase(name.database())) {
			return this.answers.databaseMissing(name.database());
		}
		CollectionSchema schema = schema(request.getSchema());
		FakeCollection existing = this.catalogue.find(name);
		if (existing != null) {
			return (existing.name().equals(name) && existing.requested.equals(schema)) ? this.answers.good()
					: this.answers.error(OTHER,
							"create duplicate collection with different parameters, collection: " + name.name());
		}
		FakeCollection collection = this.catalogue.create(name, schema);
		collection.shards = Math.max(1, request.getShardsNum());
		collection.consistencyLevel = request.getConsistencyLevelValue();
		request.getPropertiesList().forEach((pair) -> collection.property(pair.getKey(), pair.getValue()));
		if (schema.getFieldsList().stream().anyMatch(FieldSchema::getIsPartitionKey)) {
			for (int i = 0; i < request.getNumPartitions(); i++) {
				collection.partition("_default_" + i);
			}
		}
		else {
			collection.partition("_default");
		}
		return this.answers.good();
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
			collection.addField(field(request.getSchema()));
			return this.answers.good();
		});
	}

	Status alter(CollectionName name, AlterCollectionRequest request) {
		return change(name, (collection) -> {
			request.getPropertiesList().forEach((pair) -> collection.property(pair.getKey(), pair.getValue()));
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
			String indexName = request.getIndexName().isEmpty() ? request.getFieldName() : request.getIndexName();
			IndexDescription index = IndexDescription.newBuilder()
				.setIndexName(indexName)
				.setFieldName(request.getFieldName())
				.addAllParams(request.getExtraParamsList())
				.setIndexID(this.catalogue.nextId())
				.build();
			boolean another = collection.indexes.values()
				.stream()
				.anyMatch((other) -> other.getFieldName().equals(index.getFieldName())
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

	Status createAlias(CollectionName name, String alias) {
		return change(name, (collection) -> {
			FakeCollection holder = this.catalogue.find(new CollectionName(name.database(), alias));
			if (holder != null && holder != collection) {
				return this.answers.error(1601, "alias and collection name conflict[alias=" + alias + "]");
			}
			collection.alias(alias);
			return this.answers.good();
		});
	}

	private Status change(CollectionName name, Function<FakeCollection, Status> change) {
		FakeCollection collection = this.catalogue.find(name);
		return (collection != null) ? change.apply(collection)
				: this.answers.collectionMissing(name.database(), name.name());
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
