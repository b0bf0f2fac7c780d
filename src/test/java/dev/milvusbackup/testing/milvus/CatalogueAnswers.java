package dev.milvusbackup.testing.milvus;

import java.util.List;
import java.util.function.Function;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.DescribeDatabaseResponse;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.ServerInfo;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.Status;

/**
 * Answers to questions about the catalogue.
 */
final class CatalogueAnswers {

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final Answers answers;

	CatalogueAnswers(FakeVersion version, FakeCatalogue catalogue, Answers answers) {
		this.version = version;
		this.catalogue = catalogue;
		this.answers = answers;
	}

	ConnectResponse connect() {
		return ConnectResponse.newBuilder()
			.setStatus(this.answers.good())
			.setServerInfo(ServerInfo.newBuilder().setBuildTags(this.version.toString()))
			.setIdentifier(this.catalogue.nextId())
			.build();
	}

	GetVersionResponse version() {
		return GetVersionResponse.newBuilder()
			.setStatus(this.answers.good())
			.setVersion(this.version.toString())
			.build();
	}

	ListDatabasesResponse databases() {
		return ListDatabasesResponse.newBuilder()
			.setStatus(this.answers.good())
			.addAllDbNames(this.catalogue.databases())
			.build();
	}

	DescribeDatabaseResponse database(DescribeDatabaseRequest request) {
		int position = this.catalogue.databases().indexOf(request.getDbName());
		return (position < 0)
				? DescribeDatabaseResponse.newBuilder()
					.setStatus(this.answers.databaseMissing(request.getDbName()))
					.build()
				: DescribeDatabaseResponse.newBuilder()
					.setStatus(this.answers.good())
					.setDbName(request.getDbName())
					.setDbID(position + 1L)
					.build();
	}

	ShowCollectionsResponse collections(String database) {
		ShowCollectionsResponse.Builder response = ShowCollectionsResponse.newBuilder();
		if (!this.catalogue.hasDatabase(database)) {
			return response.setStatus(this.answers.databaseMissing(database)).build();
		}
		for (FakeCollection collection : this.catalogue.collections()) {
			if (collection.name().database().equals(database)) {
				response.addCollectionNames(collection.name().name()).addCollectionIds(collection.id());
			}
		}
		return response.setStatus(this.answers.good()).build();
	}

	BoolResponse hasCollection(CollectionName name) {
		return BoolResponse.newBuilder()
			.setStatus(this.answers.good())
			.setValue(this.catalogue.find(name) != null)
			.build();
	}

	DescribeCollectionResponse describe(CollectionName name) {
		return of(name, (status) -> DescribeCollectionResponse.newBuilder().setStatus(status).build(),
				(collection) -> description(name, collection));
	}

	private DescribeCollectionResponse description(CollectionName asked, FakeCollection collection) {
		DescribeCollectionResponse.Builder response = DescribeCollectionResponse.newBuilder()
			.setStatus(this.answers.good())
			.setSchema(collection.schema)
			.setCollectionID(collection.id())
			.setShardsNum(collection.shards)
			.addAllAliases(collection.aliases)
			.setConsistencyLevelValue(collection.consistencyLevel)
			.setCollectionName(asked.name())
			.setDbName(asked.database())
			.setCreatedTimestamp(collection.id() << 18)
			.setNumPartitions(collection.partitions.size());
		collection.properties.forEach((key, value) -> response.addProperties(Answers.pair(key, value)));
		for (int shard = 0; shard < collection.shards; shard++) {
			String channel = "by-dev-rootcoord-dml_" + shard;
			response.addPhysicalChannelNames(channel)
				.addVirtualChannelNames(channel + "_" + collection.id() + "v" + shard);
		}
		return response.build();
	}

	ShowPartitionsResponse partitions(CollectionName name) {
		return of(name, (status) -> ShowPartitionsResponse.newBuilder().setStatus(status).build(),
				(collection) -> ShowPartitionsResponse.newBuilder()
					.setStatus(this.answers.good())
					.addAllPartitionNames(collection.partitions.keySet())
					.addAllPartitionIDs(collection.partitions.values())
					.build());
	}

	BoolResponse hasPartition(CollectionName name, String partition) {
		return of(name, (status) -> BoolResponse.newBuilder().setStatus(status).build(),
				(collection) -> BoolResponse.newBuilder()
					.setStatus(this.answers.good())
					.setValue(collection.partitions.containsKey(partition))
					.build());
	}

	DescribeIndexResponse indexes(CollectionName name) {
		return of(name, (status) -> DescribeIndexResponse.newBuilder().setStatus(status).build(),
				(collection) -> collection.indexes.isEmpty()
						? DescribeIndexResponse.newBuilder().setStatus(this.answers.indexMissing(collection)).build()
						: DescribeIndexResponse.newBuilder()
							.setStatus(this.answers.good())
							.addAllIndexDescriptions(collection.indexes.values())
							.build());
	}

	GetLoadStateResponse loadState(CollectionName name, List<String> partitions) {
		return of(name, (status) -> GetLoadStateResponse.newBuilder().setStatus(status).build(), (collection) -> {
			boolean loaded = partitions.isEmpty() ? !collection.loadedPartitions.isEmpty()
					: collection.loadedPartitions.containsAll(partitions);
			return GetLoadStateResponse.newBuilder()
				.setStatus(this.answers.good())
				.setState(loaded ? LoadState.LoadStateLoaded : LoadState.LoadStateNotLoad)
				.build();
		});
	}

	private <T> T of(CollectionName name, Function<Status, T> missing, Function<FakeCollection, T> found) {
		FakeCollection collection = this.catalogue.find(name);
		return (collection != null) ? found.apply(collection)
				: missing.apply(this.answers.collectionMissing(name.database(), name.name()));
	}

}
