package dev.milvusbackup.testing.milvus;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.DescribeResourceGroupResponse;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.ListResourceGroupsResponse;
import io.milvus.grpc.ReplicaInfo;
import io.milvus.grpc.ResourceGroup;
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
		String objection = objection(Math.max(1, replicas), groups);
		if (!objection.isEmpty()) {
			return this.answers.error(300, objection);
		}
		if (!collection.loadedPartitions.isEmpty() && collection.replicas != Math.max(1, replicas)) {
			return this.answers.error(1100, "can't change the replica number for loaded collection: invalid parameter");
		}
		collection.replicas = Math.max(1, replicas);
		collection.resourceGroups = List.copyOf(groups);
		collection.load(partitions.toArray(String[]::new));
		return this.answers.good();
	}

	private String objection(int replicas, List<String> groups) {
		if (groups.size() > 1 && groups.size() != replicas) {
			return "resource group num can only be 0, 1 or same as replica number";
		}
		int each = (groups.size() > 1) ? 1 : replicas;
		for (String group : groups.isEmpty() ? List.of(FakeCatalogue.DEFAULT_GROUP) : groups) {
			Integer nodes = this.catalogue.resourceGroups().get(group);
			if (nodes == null) {
				return "resource group not found[rg=" + group + "]";
			}
			if (nodes < each) {
				return "resource group node not enough[rg=" + group + "]";
			}
		}
		return "";
	}

	ListResourceGroupsResponse groups() {
		return ListResourceGroupsResponse.newBuilder()
			.setStatus(this.answers.good())
			.addAllResourceGroups(this.catalogue.resourceGroups().keySet())
			.build();
	}

	DescribeResourceGroupResponse group(String name) {
		Integer nodes = this.catalogue.resourceGroups().get(name);
		DescribeResourceGroupResponse.Builder response = DescribeResourceGroupResponse.newBuilder();
		return (nodes == null)
				? response.setStatus(this.answers.error(300, "resource group not found[rg=" + name + "]")).build()
				: response.setStatus(this.answers.good())
					.setResourceGroup(ResourceGroup.newBuilder().setName(name).setNumAvailableNode(nodes))
					.build();
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
			String group = collection.resourceGroups.isEmpty() ? FakeCatalogue.DEFAULT_GROUP
					: collection.resourceGroups.get(i % collection.resourceGroups.size());
			response.addReplicas(ReplicaInfo.newBuilder()
				.setReplicaID(this.catalogue.nextId())
				.setCollectionID(collection.id())
				.setResourceGroupName(group));
		}
		return response.setStatus(this.answers.good()).build();
	}

}
