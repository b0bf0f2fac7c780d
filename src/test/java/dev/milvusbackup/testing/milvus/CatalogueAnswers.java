package dev.milvusbackup.testing.milvus;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.testing.milvus.FakeCatalogue.FakeDatabase;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.DescribeDatabaseResponse;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.ServerInfo;
import io.milvus.grpc.ReplicateMessageResponse;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.Status;
import milvus.proto.msg.Msg.MsgPosition;

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
		FakeDatabase database = this.catalogue.database(request.getDbName());
		DescribeDatabaseResponse.Builder response = DescribeDatabaseResponse.newBuilder();
		if (database == null) {
			return response.setStatus(this.answers.databaseMissing(request.getDbName())).build();
		}
		database.properties().forEach((key, value) -> response.addProperties(Answers.pair(key, value)));
		return response.setStatus(this.answers.good()).setDbName(request.getDbName()).setDbID(database.id()).build();
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
			.setSchema(schema(collection))
			.setCollectionID(collection.id())
			.setShardsNum(collection.shards)
			.addAllAliases(collection.aliases)
			.setConsistencyLevelValue(collection.consistencyLevel)
			.setCollectionName(asked.name())
			.setDbName(asked.database())
			.setCreatedTimestamp(collection.id() << 18)
			.setNumPartitions(collection.partitions.size());
		FakeDatabase database = this.catalogue.database(asked.database());
		if (this.version.describesDatabases() && database != null) {
			response.setDbId(database.id());
		}
		collection.properties.forEach((key, value) -> response.addProperties(Answers.pair(key, value)));
		for (int shard = 0; shard < collection.shards; shard++) {
			response.addPhysicalChannelNames("by-dev-rootcoord-dml_" + shard)
				.addVirtualChannelNames(collection.channel(shard));
		}
		return response.build();
	}

	private CollectionSchema schema(FakeCollection collection) {
		CollectionSchema.Builder schema = collection.fields.schema().toBuilder().clearProperties();
		if (this.version.repeatsProperties()) {
			collection.properties.forEach((key, value) -> schema.addProperties(Answers.pair(key, value)));
		}
		return schema.build();
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

	GetLoadingProgressResponse loadingProgress(CollectionName name, List<String> partitions) {
		return of(name, (status) -> GetLoadingProgressResponse.newBuilder().setStatus(status).build(), (collection) -> {
			if (collection.loadedPartitions.isEmpty()) {
				return GetLoadingProgressResponse.newBuilder()
					.setStatus(this.answers.error(101, "collection not loaded[collection=" + collection.id() + "]"))
					.build();
			}
			Set<String> wanted = partitions.isEmpty() ? collection.partitions.keySet() : Set.copyOf(partitions);
			long loaded = wanted.stream().filter(collection.loadedPartitions::contains).count();
			return GetLoadingProgressResponse.newBuilder()
				.setStatus(this.answers.good())
				.setProgress(100 * loaded / Math.max(1, wanted.size()))
				.build();
		});
	}

	ReplicateMessageResponse position(String channel) {
		MsgPosition position = MsgPosition.newBuilder()
			.setChannelName(channel)
			.setTimestamp(this.catalogue.nextTimestamp())
			.build();
		return ReplicateMessageResponse.newBuilder()
			.setStatus(this.answers.good())
			.setPosition(Base64.getEncoder().encodeToString(position.toByteArray()))
			.build();
	}

	private <T> T of(CollectionName name, Function<Status, T> missing, Function<FakeCollection, T> found) {
		FakeCollection collection = this.catalogue.find(name);
		return (collection != null) ? found.apply(collection) : missing.apply(this.answers.collectionMissing(name));
	}

}
