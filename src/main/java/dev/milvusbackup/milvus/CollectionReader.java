package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Replicas;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.IndexState;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ReplicaInfo;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;

/**
 * Asks Milvus for all that makes up a collection.
 */
final class CollectionReader {

	private final MilvusCalls calls;

	CollectionReader(MilvusCalls calls) {
		this.calls = calls;
	}

	Collection read(CollectionName asked) {
		DescribeCollectionResponse answer = describe(asked);
		CollectionName name = realName(asked, answer);
		LoadState loadState = loadState(name, List.of());
		int shards = (answer.getShardsNum() > 0) ? answer.getShardsNum() : answer.getVirtualChannelNamesCount();
		return new Collection(answer.getCollectionID(), name, answer.getDbId(), SchemaReader.schema(answer.getSchema()),
				shards, answer.getConsistencyLevelValue(), partitions(name, loadState), indexes(name), loadState,
				SchemaReader.pairs(answer.getPropertiesList()), answer.getAliasesList(),
				answer.getVirtualChannelNamesList(), answer.getPhysicalChannelNamesList(), answer.getCreatedTimestamp(),
				Collection.Checkpoint.NONE, replicas(name, answer.getCollectionID(), loadState));
	}

	/**
	 * How it is loaded is worth keeping, but no reason to fail: old servers answer this
	 * for some collections only.
	 */
	private Replicas replicas(CollectionName name, long id, LoadState loadState) {
		if (loadState == LoadState.NOT_LOADED) {
			return Replicas.NONE;
		}
		GetReplicasRequest request = GetReplicasRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.setCollectionID(id)
			.build();
		try {
			List<ReplicaInfo> replicas = this.calls
				.send(new Call<>("list replicas of '" + name + "'", name.database(),
						(stub) -> stub.getReplicas(request), GetReplicasResponse::getStatus)
					.accepting((status) -> true))
				.getReplicasList();
			return new Replicas(replicas.size(),
					replicas.stream()
						.map(ReplicaInfo::getResourceGroupName)
						.filter((group) -> !group.isEmpty())
						.distinct()
						.sorted()
						.toList());
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.UNSUPPORTED) {
				throw ex;
			}
			return Replicas.NONE;
		}
	}

	DescribeCollectionResponse describe(CollectionName name) {
		DescribeCollectionRequest request = DescribeCollectionRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.build();
		return this.calls.send(new Call<>("describe collection '" + name + "'", name.database(),
				(stub) -> stub.describeCollection(request), DescribeCollectionResponse::getStatus));
	}

	/**
	 * The collection's own name: asked by an alias, servers repeat the alias as the
	 * collection's name, and only the schema tells the real one.
	 */
	static CollectionName realName(CollectionName asked, DescribeCollectionResponse answer) {
		String real = answer.getSchema().getName();
		return real.isEmpty() ? asked : new CollectionName(asked.database(), real);
	}

	List<Partition> partitions(CollectionName name, LoadState collectionState) {
		ShowPartitionsRequest request = ShowPartitionsRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.build();
		ShowPartitionsResponse answer = this.calls.send(new Call<>("list partitions of '" + name + "'", name.database(),
				(stub) -> stub.showPartitions(request), ShowPartitionsResponse::getStatus));
		List<Partition> partitions = new ArrayList<>();
		for (int i = 0; i < answer.getPartitionIDsCount(); i++) {
			String partition = answer.getPartitionNames(i);
			LoadState state = (collectionState != LoadState.NOT_LOADED) ? loadState(name, List.of(partition))
					: LoadState.NOT_LOADED;
			partitions.add(new Partition(answer.getPartitionIDs(i), partition, state));
		}
		return partitions;
	}

	List<Index> indexes(CollectionName name) {
		// servers answer them in any order
		return indexDescriptions(name).stream()
			.map(CollectionReader::index)
			.sorted(Comparator.comparingLong(Index::id))
			.toList();
	}

	Map<String, String> failedIndexes(CollectionName name) {
		Map<String, String> failed = new TreeMap<>();
		for (IndexDescription description : indexDescriptions(name)) {
			if (description.getState() == IndexState.Failed) {
				failed.put(description.getIndexName(), description.getIndexStateFailReason());
			}
		}
		return failed;
	}

	private List<IndexDescription> indexDescriptions(CollectionName name) {
		DescribeIndexRequest request = DescribeIndexRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.build();
		return this.calls
			.send(new Call<>("list indexes of '" + name + "'", name.database(), (stub) -> stub.describeIndex(request),
					DescribeIndexResponse::getStatus)
				.accepting(StatusReader::isIndexMissing))
			.getIndexDescriptionsList();
	}

	private static Index index(IndexDescription description) {
		Map<String, String> params = new LinkedHashMap<>();
		for (KeyValuePair pair : description.getParamsList()) {
			params.put(pair.getKey(), pair.getValue());
		}
		return new Index(description.getFieldName(), description.getIndexName(), params.getOrDefault("index_type", ""),
				params, description.getIndexID());
	}

	/**
	 * @param partitions empty for the collection as a whole
	 */
	private LoadState loadState(CollectionName name, List<String> partitions) {
		GetLoadStateRequest request = GetLoadStateRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.addAllPartitionNames(partitions)
			.build();
		try {
			GetLoadStateResponse answer = this.calls.send(new Call<>("get load state of '" + name + "'",
					name.database(), (stub) -> stub.getLoadState(request), GetLoadStateResponse::getStatus)
				.accepting(StatusReader::isNotLoaded));
			return switch (answer.getState()) {
				case LoadStateLoaded -> LoadState.LOADED;
				case LoadStateLoading -> LoadState.LOADING;
				default -> LoadState.NOT_LOADED;
			};
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.UNSUPPORTED) {
				throw ex;
			}
			return loadStateByProgress(name, partitions);
		}
	}

	/** For servers before 2.2.2, which do not tell the state itself. */
	private LoadState loadStateByProgress(CollectionName name, List<String> partitions) {
		GetLoadingProgressRequest request = GetLoadingProgressRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.addAllPartitionNames(partitions)
			.build();
		GetLoadingProgressResponse answer = this.calls.send(new Call<>("get loading progress of '" + name + "'",
				name.database(), (stub) -> stub.getLoadingProgress(request), GetLoadingProgressResponse::getStatus)
			.accepting(StatusReader::isNotLoaded));
		return LoadState.ofProgress(answer.getProgress());
	}

}
