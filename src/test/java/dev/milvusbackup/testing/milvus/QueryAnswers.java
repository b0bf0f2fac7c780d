package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.Status;

/**
 * Counts of the rows that are loaded. Other queries are refused, and so are counts that
 * may be of an earlier time.
 */
final class QueryAnswers {

	private static final String COUNT = "count(*)";

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final Answers answers;

	QueryAnswers(FakeVersion version, FakeCatalogue catalogue, Answers answers) {
		this.version = version;
		this.catalogue = catalogue;
		this.answers = answers;
	}

	QueryResults query(CollectionName name, QueryRequest request) {
		FakeCollection collection = this.catalogue.find(name);
		if (collection == null) {
			return refused(this.answers.collectionMissing(name));
		}
		String unknown = request.getOutputFieldsList()
			.stream()
			.filter((field) -> !field.equals(COUNT) || !this.version.countsRows())
			.findFirst()
			.orElse("");
		if (!unknown.isEmpty()) {
			return refused(this.answers.error(1100, "field " + unknown + " not exist"));
		}
		if (request.getOutputFieldsCount() != 1 || !request.getExpr().isEmpty()) {
			return refused(this.answers.error(1100, "only all rows are counted here"));
		}
		if (request.getUseDefaultConsistency() || request.getConsistencyLevel() != ConsistencyLevel.Strong
				|| request.getGuaranteeTimestamp() > 1) {
			return refused(this.answers.error(1100, "a count that is not strongly consistent may be of any time"));
		}
		return count(collection, request.getPartitionNamesList());
	}

	private QueryResults count(FakeCollection collection, List<String> partitions) {
		if (collection.loadedPartitions.isEmpty()) {
			return refused(this.answers.error(101, "collection not loaded[collection=" + collection.id() + "]"));
		}
		List<String> asked = partitions.isEmpty() ? new ArrayList<>(collection.loadedPartitions) : partitions;
		Set<Long> ids = new HashSet<>();
		for (String partition : asked) {
			if (!collection.partitions.containsKey(partition)) {
				return refused(this.answers.partitionMissing(collection.name().name(), partition));
			}
			if (!collection.loadedPartitions.contains(partition)) {
				return refused(this.answers.error(201, "partition not loaded[partition=" + partition + "]"));
			}
			ids.add(collection.partitions.get(partition));
		}
		long rows = collection.segments.visible((segment) -> ids.contains(segment.partitionId())).size();
		return QueryResults.newBuilder()
			.setStatus(this.answers.good())
			.setCollectionName(collection.name().name())
			.addOutputFields(COUNT)
			.addFieldsData(FieldData.newBuilder()
				.setType(DataType.Int64)
				.setFieldName(COUNT)
				.setScalars(ScalarField.newBuilder().setLongData(LongArray.newBuilder().addData(rows))))
			.build();
	}

	private static QueryResults refused(Status status) {
		return QueryResults.newBuilder().setStatus(status).build();
	}

}
