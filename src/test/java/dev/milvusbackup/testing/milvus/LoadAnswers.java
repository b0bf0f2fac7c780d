package dev.milvusbackup.testing.milvus;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.ReplicaInfo;
import io.milvus.grpc.Status;

/**
 * Loading into memory, done at once.
 */
final class LoadAnswers {

	private final FakeCatalogue catalogue;

	private final Answers answers;

	LoadAnswers(FakeCatalogue catalogue, Answers answers) {
		this.catalogue = catalogue;
		this.answers = answers;
	}

	/**
	 * @param partitions empty for all
	 */
	Status load(CollectionName name, Collection<String> partitions, int replicas, List<String> groups) {
		FakeCollection collection = this.catalogue.find(name);
		if (collection == null) {
			return this.answers.collectionMissing(name);
		}
		Set<String> indexed = collection.indexes.values()
			.stream()
			.map((index) -> index.getFieldName())
			.collect(Collectors.toSet());
		for (long field : collection.fields.vectors()) {
			if (!indexed.contains(collection.fields.name(field))) {
				return this.answers.error(65535, "there is no vector index on field: [" + collection.fields.name(field)
						+ "], please create index firstly");
			}
		}
		for (String partition : partitions) {
			if (!collection.partitions.containsKey(partition)) {
				return this.answers.partitionMissing(name.name(), partition);
			}
		}
		for (String group : groups) {
			if (!this.catalogue.resourceGroups().contains(group)) {
				return this.answers.error(300, "resource group not found[rg=" + group + "]");
			}
		}
		collection.replicas = Math.max(1, replicas);
		collection.resourceGroups = List.copyOf(groups);
		collection.load(partitions.toArray(String[]::new));
		return this.answers.good();
	}

	Status release(CollectionName name) {
		FakeCollection collection = this.catalogue.find(name);
		if (collection == null) {
			return this.answers.collectionMissing(name);
		}
		collection.loadedPartitions.clear();
		collection.replicas = 0;
		return this.answers.good();
	}

	GetReplicasResponse replicas(CollectionName name, long collectionId) {
		FakeCollection collection = name.name().isEmpty() ? this.catalogue.collections()
			.stream()
			.filter((other) -> other.id() == collectionId)
			.findFirst()
			.orElse(null) : this.catalogue.find(name);
		GetReplicasResponse.Builder response = GetReplicasResponse.newBuilder();
		if (collection == null) {
			return response.setStatus(this.answers.collectionMissing(name)).build();
		}
		if (collection.loadedPartitions.isEmpty()) {
			return response
				.setStatus(this.answers.error(400,
						"failed to get replicas, err=collection not loaded[collection=" + collection.id() + "]"))
				.build();
		}
		for (int i = 0; i < collection.replicas; i++) {
			String group = collection.resourceGroups.isEmpty() ? "__default_resource_group"
					: collection.resourceGroups.get(i % collection.resourceGroups.size());
			response.addReplicas(ReplicaInfo.newBuilder()
				.setReplicaID(this.catalogue.nextId())
				.setCollectionID(collection.id())
				.setResourceGroupName(group));
		}
		return response.setStatus(this.answers.good()).build();
	}

}
