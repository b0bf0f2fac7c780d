package dev.milvusbackup.e2e;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.milvusbackup.testing.real.RealMilvus;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.ManagedChannelBuilder;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowPartitionsRequest;

/**
 * What a server says of its collections, asked over plain gRPC and so without any code of
 * the product or of the client library. Ids, names and times, which no restore can keep,
 * are left out of it.
 */
final class ServerView implements AutoCloseable {

	private static final Metadata.Key<String> DATABASE = Metadata.Key.of("dbname", Metadata.ASCII_STRING_MARSHALLER);

	private final ManagedChannel channel;

	ServerView(RealMilvus milvus) {
		this.channel = ManagedChannelBuilder.forAddress(milvus.host(), milvus.port()).usePlaintext().build();
	}

	List<String> collections(String database) {
		return stub(database).showCollections(ShowCollectionsRequest.newBuilder().setDbName(database).build())
			.getCollectionNamesList()
			.stream()
			.sorted()
			.toList();
	}

	List<String> aliases(String database, String collection) {
		return describe(database, collection).getAliasesList().stream().sorted().toList();
	}

	/**
	 * The schema with the ids of the fields, shards, consistency level and properties,
	 * the partitions, and the indexes.
	 */
	SortedMap<String, Object> definition(String database, String collection) {
		SortedMap<String, Object> definition = new TreeMap<>();
		definition.put("collection", definition(describe(database, collection)));
		definition.put("partitions", partitions(database, collection));
		definition.put("indexes", indexes(database, collection));
		return definition;
	}

	List<String> partitions(String database, String collection) {
		return stub(database)
			.showPartitions(
					ShowPartitionsRequest.newBuilder().setDbName(database).setCollectionName(collection).build())
			.getPartitionNamesList()
			.stream()
			.sorted()
			.toList();
	}

	/** Index name to field and parameters. */
	SortedMap<String, String> indexes(String database, String collection) {
		return stub(database)
			.describeIndex(DescribeIndexRequest.newBuilder().setDbName(database).setCollectionName(collection).build())
			.getIndexDescriptionsList()
			.stream()
			.collect(Collectors.toMap(IndexDescription::getIndexName,
					(index) -> index.getFieldName() + " " + sorted(index.getParamsList()), (one, other) -> one,
					TreeMap::new));
	}

	@Override
	public void close() {
		this.channel.shutdownNow();
		try {
			this.channel.awaitTermination(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private DescribeCollectionResponse describe(String database, String collection) {
		return stub(database).describeCollection(
				DescribeCollectionRequest.newBuilder().setDbName(database).setCollectionName(collection).build());
	}

	private static String definition(DescribeCollectionResponse description) {
		DescribeCollectionResponse.Builder kept = DescribeCollectionResponse.newBuilder()
			.setSchema(description.getSchema().toBuilder().clearName())
			.setShardsNum(description.getShardsNum())
			.setConsistencyLevel(description.getConsistencyLevel());
		description.getPropertiesList()
			.stream()
			.sorted(Comparator.comparing(KeyValuePair::getKey))
			.forEach(kept::addProperties);
		return kept.build().toString();
	}

	private static SortedMap<String, String> sorted(List<KeyValuePair> pairs) {
		return pairs.stream()
			.collect(Collectors.toMap(KeyValuePair::getKey, KeyValuePair::getValue, (one, other) -> one, TreeMap::new));
	}

	private MilvusServiceBlockingStub stub(String database) {
		Metadata headers = new Metadata();
		headers.put(DATABASE, database);
		return MilvusServiceGrpc.newBlockingStub(this.channel)
			.withDeadlineAfter(30, TimeUnit.SECONDS)
			.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
	}

}
