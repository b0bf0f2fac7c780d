package dev.milvusbackup.testing.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.google.gson.JsonObject;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.partition.request.CreatePartitionReq;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.InsertReq;
import org.awaitility.Awaitility;

/**
 * Writes to one collection.
 */
final class CollectionWriter {

	/** Twice the period in which Milvus 2.2 writes deletes, see {@link RealMilvus}. */
	private static final Duration DELETES_WRITTEN = Duration.ofSeconds(11);

	private final RealMilvus milvus;

	private final MilvusClientV2 client;

	private final String name;

	CollectionWriter(RealMilvus milvus, MilvusClientV2 client, String name) {
		this.milvus = milvus;
		this.client = client;
		this.name = name;
	}

	void index(List<IndexParam> indexes) {
		this.client
			.createIndex(CreateIndexReq.builder().collectionName(this.name).indexParams(indexes).sync(false).build());
	}

	void createPartition(String partition) {
		this.client
			.createPartition(CreatePartitionReq.builder().collectionName(this.name).partitionName(partition).build());
	}

	void insert(List<JsonObject> rows) {
		this.client.insert(InsertReq.builder().collectionName(this.name).data(rows).build());
	}

	void insert(String partition, List<JsonObject> rows) {
		this.client.insert(InsertReq.builder().collectionName(this.name).partitionName(partition).data(rows).build());
	}

	void delete(String filter) {
		this.client.delete(DeleteReq.builder().collectionName(this.name).filter(filter).build());
	}

	/**
	 * Returns when everything written so far is in the object storage, but for deletes of
	 * rows flushed before on 2.2.
	 */
	void flush() {
		this.client.flush(FlushReq.builder().collectionNames(List.of(this.name)).build());
	}

	/**
	 * Returns when the deletes are in the object storage. On 2.2 a flush does not write
	 * those of rows that were flushed before; a timer does.
	 * @param partitions in how many partitions rows were deleted
	 */
	void flushDeletes(int partitions) {
		flush();
		if (this.milvus.version() == MilvusVersion.V2_2_16) {
			Awaitility.await("the deletes of " + this.name)
				.pollDelay(DELETES_WRITTEN)
				.atMost(DELETES_WRITTEN.multipliedBy(3))
				.until(() -> partitionsWithDeletes() == partitions);
		}
	}

	private long partitionsWithDeletes() throws IOException {
		long id = this.client.describeCollection(DescribeCollectionReq.builder().collectionName(this.name).build())
			.getCollectionID();
		try (Stream<Path> partitions = Files.list(Path.of(this.milvus.rootPath(), "delta_log", String.valueOf(id)))) {
			return partitions.count();
		}
	}

}
