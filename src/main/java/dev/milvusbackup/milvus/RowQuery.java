package dev.milvusbackup.milvus;

import java.util.List;

import dev.milvusbackup.milvus.MilvusFeatures.Feature;
import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;

/**
 * Lets Milvus count the rows that its users find.
 */
final class RowQuery {

	private static final String COUNT = "count(*)";

	private final MilvusCalls calls;

	RowQuery(MilvusCalls calls) {
		this.calls = calls;
	}

	boolean isPossible() {
		return this.calls.features().has(Feature.COUNT_ROWS);
	}

	/**
	 * @param partitions empty for all that are loaded
	 */
	long count(CollectionName name, List<String> partitions) {
		String action = "count the rows of '" + name + "'";
		if (!isPossible()) {
			throw this.calls.failures().unsupported(action, "Milvus " + this.calls.features() + " cannot do that");
		}
		QueryRequest request = QueryRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.addAllPartitionNames(partitions)
			.addOutputFields(COUNT)
			.setConsistencyLevel(ConsistencyLevel.Strong)
			.build();
		QueryResults answer = this.calls
			.send(new Call<>(action, name.database(), (stub) -> stub.query(request), QueryResults::getStatus));
		for (FieldData field : answer.getFieldsDataList()) {
			if (field.getScalars().getLongData().getDataCount() == 1) {
				return field.getScalars().getLongData().getData(0);
			}
		}
		throw this.calls.failures().refused(action, "the answer has no number", null);
	}

}
