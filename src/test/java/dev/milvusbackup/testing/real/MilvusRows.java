package dev.milvusbackup.testing.real;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.DataType;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import io.milvus.v2.service.utility.request.GetPersistentSegmentInfoReq;
import io.milvus.v2.service.utility.response.GetPersistentSegmentInfoResp.PersistentSegmentInfo;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.response.QueryResp.QueryResult;

/**
 * All entities of a collection, in a form that can be compared: equal objects mean the
 * same rows with the same values in every field, vectors and dynamic fields included.
 *
 * @param rows by primary key, each by field name
 * @param count what the server counts; more than the size of {@code rows} if a primary
 * key is there twice
 */
public record MilvusRows(SortedMap<Object, SortedMap<String, Object>> rows, long count) {

	private static final long PAGE = 500;

	private static final String DYNAMIC = "$meta";

	/**
	 * Reads every entity, with consistency level strong. A collection that is not loaded
	 * is loaded for as long as this takes, and one without an index of its vectors gets
	 * one for as long.
	 */
	public static MilvusRows read(RealMilvus milvus, String database, String collection) {
		MilvusClientV2 client = milvus.connect(database);
		try (LoadedCollection loaded = LoadedCollection.of(client, collection)) {
			SortedMap<Object, SortedMap<String, Object>> rows = new TreeMap<>();
			List<QueryResult> page;
			do {
				page = client.query(nextPage(loaded.description(), rows)).getQueryResults();
				for (QueryResult result : page) {
					SortedMap<String, Object> row = CanonicalValues.of(result.getEntity());
					rows.put(row.get(loaded.description().getPrimaryFieldName()), row);
				}
			}
			while (!page.isEmpty());
			return new MilvusRows(rows, milvus.version().hasCount() ? count(client, collection) : rows.size());
		}
		finally {
			client.close();
		}
	}

	/**
	 * How many rows the flushed segments have. It shows duplicates on 2.2, too, but
	 * deletes only if they have been compacted away or applied by an import.
	 */
	public static long countFlushed(RealMilvus milvus, String database, String collection) {
		MilvusClientV2 client = milvus.connect(database);
		try {
			return client
				.getPersistentSegmentInfo(GetPersistentSegmentInfoReq.builder().collectionName(collection).build())
				.getSegmentInfos()
				.stream()
				.filter((segment) -> "Flushed".equals(segment.getState()))
				.mapToLong(PersistentSegmentInfo::getNumOfRows)
				.sum();
		}
		finally {
			client.close();
		}
	}

	/**
	 * The same rows under the values of another field, for collections whose keys the
	 * server makes.
	 */
	public MilvusRows keyedBy(String field, String withoutField) {
		SortedMap<Object, SortedMap<String, Object>> keyed = new TreeMap<>();
		this.rows.values().forEach((row) -> {
			SortedMap<String, Object> kept = new TreeMap<>(row);
			kept.remove(withoutField);
			keyed.put(row.get(field), kept);
		});
		return new MilvusRows(keyed, this.count);
	}

	private static QueryReq nextPage(DescribeCollectionResp collection, SortedMap<Object, ?> soFar) {
		String key = collection.getPrimaryFieldName();
		boolean text = collection.getCollectionSchema().getField(key).getDataType() == DataType.VarChar;
		// the server cannot parse the smallest long
		Object first = text ? "" : Long.MIN_VALUE + 1;
		Object last = soFar.isEmpty() ? first : soFar.lastKey();
		List<String> fields = new ArrayList<>(collection.getFieldNames());
		if (Boolean.TRUE.equals(collection.getEnableDynamicField())) {
			fields.add(DYNAMIC);
		}
		return QueryReq.builder()
			.collectionName(collection.getCollectionName())
			.filter(text ? "%s > \"%s\"".formatted(key, last) : "%s > %s".formatted(key, last))
			.outputFields(fields)
			.consistencyLevel(ConsistencyLevel.STRONG)
			.limit(PAGE)
			.build();
	}

	private static long count(MilvusClientV2 client, String collection) {
		QueryReq count = QueryReq.builder()
			.collectionName(collection)
			.filter("")
			.outputFields(List.of("count(*)"))
			.consistencyLevel(ConsistencyLevel.STRONG)
			.build();
		return (Long) client.query(count).getQueryResults().get(0).getEntity().get("count(*)");
	}

}
