package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.IndexState;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;

/**
 * Asks Milvus for all that makes up a collection.
 */
final class CollectionReader {

	private final MilvusCalls calls;

	private final LoadReader loads;

	CollectionReader(MilvusCalls calls) {
		this.calls = calls;
		this.loads = new LoadReader(calls);
	}

	Collection read(CollectionName asked) {
		DescribeCollectionResponse answer = describe(asked);
		CollectionName name = realName(asked, answer);
		LoadState loadState = this.loads.state(name, List.of());
		int shards = (answer.getShardsNum() > 0) ? answer.getShardsNum() : answer.getVirtualChannelNamesCount();
		return new Collection(answer.getCollectionID(), name, answer.getDbId(), SchemaReader.schema(answer.getSchema()),
				shards, answer.getConsistencyLevelValue(), partitions(name, loadState), indexes(name), loadState,
				SchemaReader.pairs(answer.getPropertiesList()), answer.getAliasesList(),
				answer.getVirtualChannelNamesList(), answer.getPhysicalChannelNamesList(), answer.getCreatedTimestamp(),
				Collection.Checkpoint.NONE, this.loads.replicas(name, answer.getCollectionID(), loadState));
	}

	boolean exists(CollectionName name) {
		HasCollectionRequest request = HasCollectionRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.build();
		return this.calls
			.send(new Call<>("look for collection '" + name + "'", name.database(),
					(stub) -> stub.hasCollection(request), BoolResponse::getStatus))
			.getValue();
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
			LoadState state = (collectionState != LoadState.NOT_LOADED) ? this.loads.state(name, List.of(partition))
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

}
