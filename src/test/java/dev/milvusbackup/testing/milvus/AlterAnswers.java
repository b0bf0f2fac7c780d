package dev.milvusbackup.testing.milvus;

import java.util.List;
import java.util.function.Function;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.testing.milvus.FakeCatalogue.FakeDatabase;
import io.milvus.grpc.AlterCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.AlterDatabaseRequest;
import io.milvus.grpc.AlterIndexRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ListAliasesResponse;
import io.milvus.grpc.Status;

/**
 * Changes of properties, and aliases.
 */
final class AlterAnswers {

	private final FakeCatalogue catalogue;

	private final Answers answers;

	AlterAnswers(FakeCatalogue catalogue, Answers answers) {
		this.catalogue = catalogue;
		this.answers = answers;
	}

	Status database(AlterDatabaseRequest request) {
		FakeDatabase database = this.catalogue.database(request.getDbName());
		if (database == null) {
			return this.answers.databaseMissing(request.getDbName());
		}
		request.getPropertiesList().forEach((pair) -> database.properties().put(pair.getKey(), pair.getValue()));
		request.getDeleteKeysList().forEach(database.properties()::remove);
		return this.answers.good();
	}

	Status collection(CollectionName name, AlterCollectionRequest request) {
		if (request.getPropertiesCount() > 0 && request.getDeleteKeysCount() > 0) {
			return this.answers.error(1100, "can not provide both DeleteKeys and ExtraParams: invalid parameter");
		}
		return change(name, (collection) -> {
			for (KeyValuePair pair : request.getPropertiesList()) {
				if (pair.getKey().equals("collection.description")) {
					collection.fields.describe(pair.getValue());
				}
				else {
					collection.property(pair.getKey(), pair.getValue());
				}
			}
			request.getDeleteKeysList().forEach(collection.properties::remove);
			return this.answers.good();
		});
	}

	Status field(CollectionName name, AlterCollectionFieldRequest request) {
		return change(name, (collection) -> {
			for (FieldSchema field : collection.fields.schema().getFieldsList()) {
				if (field.getName().equals(request.getFieldName())) {
					FieldSchema.Builder changed = field.toBuilder().clearTypeParams();
					without(field.getTypeParamsList(), request.getDeleteKeysList(), request.getPropertiesList())
						.forEach(changed::addTypeParams);
					collection.fields.replace(changed.addAllTypeParams(request.getPropertiesList()).build());
					return this.answers.good();
				}
			}
			return this.answers.error(65535, "field does not exist: " + request.getFieldName());
		});
	}

	Status index(CollectionName name, AlterIndexRequest request) {
		return change(name, (collection) -> {
			IndexDescription index = collection.indexes.get(request.getIndexName());
			if (index == null) {
				return this.answers.indexMissing(collection);
			}
			IndexDescription.Builder changed = index.toBuilder().clearParams();
			without(index.getParamsList(), request.getDeleteKeysList(), request.getExtraParamsList())
				.forEach(changed::addParams);
			collection.indexes.put(request.getIndexName(), changed.addAllParams(request.getExtraParamsList()).build());
			return this.answers.good();
		});
	}

	Status createAlias(CollectionName name, String alias) {
		return change(name, (collection) -> {
			FakeCollection holder = this.catalogue.find(new CollectionName(name.database(), alias));
			if (holder != null && holder != collection) {
				return this.answers.error(1601, "alias and collection name conflict[alias=" + alias + "]");
			}
			if (this.catalogue.aliasesOfNone().contains(new CollectionName(name.database(), alias))) {
				return this.answers.error(1602, alias + " is alias to another collection: alias already exist");
			}
			collection.alias(alias);
			return this.answers.good();
		});
	}

	Status alterAlias(CollectionName name, String alias) {
		return change(name, (collection) -> {
			FakeCollection holder = this.catalogue.find(new CollectionName(name.database(), alias));
			boolean orphan = this.catalogue.aliasesOfNone().remove(new CollectionName(name.database(), alias));
			if (!orphan && (holder == null || !holder.aliases.remove(alias))) {
				return this.answers.error(1600, "alias not found[alias=" + alias + "]");
			}
			collection.alias(alias);
			return this.answers.good();
		});
	}

	Status dropAlias(String database, String alias) {
		FakeCollection holder = this.catalogue.find(new CollectionName(database, alias));
		if (holder != null) {
			holder.aliases.remove(alias);
		}
		this.catalogue.aliasesOfNone().remove(new CollectionName(database, alias));
		return this.answers.good();
	}

	ListAliasesResponse aliases(CollectionName name) {
		ListAliasesResponse.Builder response = ListAliasesResponse.newBuilder();
		FakeCollection collection = this.catalogue.find(name);
		return (collection != null) ? response.setStatus(this.answers.good())
			.setDbName(name.database())
			.setCollectionName(collection.name().name())
			.addAllAliases(collection.aliases)
			.build() : response.setStatus(this.answers.collectionMissing(name)).build();
	}

	private static List<KeyValuePair> without(List<KeyValuePair> pairs, List<String> gone,
			List<KeyValuePair> replaced) {
		return pairs.stream()
			.filter((pair) -> !gone.contains(pair.getKey())
					&& replaced.stream().noneMatch((other) -> other.getKey().equals(pair.getKey())))
			.toList();
	}

	private Status change(CollectionName name, Function<FakeCollection, Status> change) {
		FakeCollection collection = this.catalogue.find(name);
		return (collection != null) ? change.apply(collection) : this.answers.collectionMissing(name);
	}

}
