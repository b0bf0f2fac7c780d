package dev.milvusbackup.testing.real;

import java.util.List;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.common.IndexParam.IndexType;
import io.milvus.v2.common.IndexParam.MetricType;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.index.request.DropIndexReq;
import io.milvus.v2.service.index.request.ListIndexesReq;

/**
 * A collection that is loaded for as long as it is needed. It is left as it was found.
 */
final class LoadedCollection implements AutoCloseable {

	private static final String TEMPORARY_INDEX = "temporary_index";

	private final MilvusClientV2 client;

	private final DescribeCollectionResp description;

	private final boolean wasLoaded;

	private final boolean wasIndexed;

	private LoadedCollection(MilvusClientV2 client, DescribeCollectionResp description) {
		this.client = client;
		this.description = description;
		String name = description.getCollectionName();
		this.wasLoaded = client.getLoadState(GetLoadStateReq.builder().collectionName(name).build());
		this.wasIndexed = !client
			.listIndexes(ListIndexesReq.builder()
				.collectionName(name)
				.fieldName(description.getVectorFieldNames().get(0))
				.build())
			.isEmpty();
	}

	static LoadedCollection of(MilvusClientV2 client, String name) {
		LoadedCollection collection = new LoadedCollection(client,
				client.describeCollection(DescribeCollectionReq.builder().collectionName(name).build()));
		collection.load();
		return collection;
	}

	DescribeCollectionResp description() {
		return this.description;
	}

	@Override
	public void close() {
		String name = this.description.getCollectionName();
		if (!this.wasLoaded) {
			this.client.releaseCollection(ReleaseCollectionReq.builder().collectionName(name).build());
		}
		if (!this.wasIndexed) {
			this.client.dropIndex(DropIndexReq.builder().collectionName(name).indexName(TEMPORARY_INDEX).build());
		}
	}

	private void load() {
		String name = this.description.getCollectionName();
		if (!this.wasIndexed) {
			this.client.createIndex(
					CreateIndexReq.builder().collectionName(name).indexParams(List.of(temporaryIndex())).build());
		}
		this.client.loadCollection(LoadCollectionReq.builder().collectionName(name).build());
	}

	private IndexParam temporaryIndex() {
		String field = this.description.getVectorFieldNames().get(0);
		boolean binary = "BinaryVector"
			.equals(this.description.getCollectionSchema().getField(field).getDataType().name());
		return IndexParam.builder()
			.fieldName(field)
			.indexName(TEMPORARY_INDEX)
			.indexType(binary ? IndexType.BIN_FLAT : IndexType.FLAT)
			.metricType(binary ? MetricType.HAMMING : MetricType.L2)
			.build();
	}

}
