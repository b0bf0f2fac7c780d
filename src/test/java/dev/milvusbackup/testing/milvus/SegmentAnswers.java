package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.SegmentLevel;
import io.milvus.grpc.SegmentState;

/**
 * What there is of segments.
 */
final class SegmentAnswers {

	private static final int FLUSHED = SegmentState.Flushed_VALUE;

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final FakeImports imports;

	private final Answers answers;

	SegmentAnswers(FakeVersion version, FakeCatalogue catalogue, FakeImports imports) {
		this.version = version;
		this.catalogue = catalogue;
		this.imports = imports;
		this.answers = new Answers(version);
	}

	GetPersistentSegmentInfoResponse list(CollectionName name) {
		FakeCollection collection = this.catalogue.find(name);
		GetPersistentSegmentInfoResponse.Builder response = GetPersistentSegmentInfoResponse.newBuilder();
		if (collection == null) {
			return response.setStatus(this.answers.collectionMissing(name)).build();
		}
		this.imports.of(collection);
		collection.segments().forEach((segment) -> response.addInfos(info(segment)));
		return response.setStatus(this.answers.good()).build();
	}

	private PersistentSegmentInfo info(FakeSegment segment) {
		PersistentSegmentInfo.Builder info = PersistentSegmentInfo.newBuilder()
			.setSegmentID(segment.id())
			.setCollectionID(segment.collectionId())
			.setPartitionID(segment.partitionId())
			.setNumRows(segment.rows())
			.setState(SegmentState.Flushed);
		if (this.version.tellsLevel()) {
			info.setLevel(segment.levelZero() ? SegmentLevel.L0 : SegmentLevel.L1);
		}
		if (this.version.tellsSorted()) {
			info.setIsSorted(!segment.levelZero());
		}
		if (this.version.hasColumnGroups()) {
			info.setStorageVersion(segment.storageVersion());
		}
		return info.build();
	}

	/**
	 * The exact lists of logs, for REST.
	 * @throws Refusal when one of the segments does not exist
	 */
	Map<String, Object> describe(long collectionId, List<Long> ids) {
		Map<Long, Map<String, Object>> known = new LinkedHashMap<>();
		for (FakeCollection collection : this.catalogue.collections()) {
			if (collection.id() == collectionId) {
				collection.segments().forEach((segment) -> known.put(segment.id(), description(collection, segment)));
			}
		}
		List<Object> found = new ArrayList<>();
		for (long id : ids) {
			if (!known.containsKey(id)) {
				throw new Refusal(600, "segment not found[segment=" + id + "]");
			}
			found.add(known.get(id));
		}
		return Map.of("segmentInfos", found);
	}

	private static Map<String, Object> description(FakeCollection collection, FakeSegment segment) {
		List<Object> inserts = new ArrayList<>();
		segment.logs().inserts().forEach((field, logs) -> inserts.add(logs(field, logs)));
		List<Object> deltas = segment.logs().deltas().isEmpty() ? List.of() : List.of(logs(0, segment.logs().deltas()));
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("collectionID", collection.id());
		description.put("deltaLogs", deltas);
		description.put("insertLogs", inserts);
		description.put("isSorted", !segment.levelZero());
		description.put("level", (segment.levelZero() ? SegmentLevel.L0 : SegmentLevel.L1).getNumber());
		description.put("numRows", segment.rows());
		description.put("partitionID", segment.partitionId());
		description.put("segmentID", segment.id());
		description.put("state", FLUSHED);
		description.put("statsLogs", List.of());
		description.put("vChannel", collection.channel(segment.channel()));
		return description;
	}

	private static Map<String, Object> logs(long field, List<Long> ids) {
		return Map.of("fieldID", field, "logIDs", ids);
	}

}
