package dev.milvusbackup.testing.milvus;

import java.time.Instant;
import java.util.List;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ImportState;
import io.milvus.grpc.ListImportTasksResponse;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.SegmentState;
import milvus.proto.msg.Msg.MsgPosition;

/**
 * Flushes, segments and imports.
 */
final class DataAnswers {

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final FakeImports imports;

	private final FlushSettings flushes;

	private final Answers answers;

	DataAnswers(FakeVersion version, FakeCatalogue catalogue, FakeImports imports, FlushSettings flushes) {
		this.version = version;
		this.catalogue = catalogue;
		this.imports = imports;
		this.flushes = flushes;
		this.answers = new Answers(version);
	}

	FlushResponse flush(CollectionName name) {
		FakeCollection collection = this.catalogue.find(name);
		if (collection == null) {
			return FlushResponse.newBuilder()
				.setStatus(this.answers.collectionMissing(name.database(), name.name()))
				.build();
		}
		List<Long> flushed = collection.segments().stream().map(FakeSegment::id).toList();
		List<Long> growing = collection.flush();
		Instant now = Instant.now();
		FlushResponse.Builder response = FlushResponse.newBuilder()
			.setStatus(this.answers.good())
			.setDbName(name.database())
			.putCollSegIDs(name.name(), LongArray.newBuilder().addAllData(growing).build())
			.putFlushCollSegIDs(name.name(), LongArray.newBuilder().addAllData(flushed).build())
			.putCollSealTimes(name.name(), now.getEpochSecond());
		long timestamp = now.toEpochMilli() << 18;
		if (this.version.tellsFlushTimestamps()) {
			response.putCollFlushTs(name.name(), timestamp);
		}
		if (this.version.tellsChannelCheckpoints()) {
			addCheckpoints(response, collection, timestamp);
		}
		return response.build();
	}

	private static void addCheckpoints(FlushResponse.Builder response, FakeCollection collection, long timestamp) {
		for (int shard = 0; shard < collection.shards; shard++) {
			String channel = "by-dev-rootcoord-dml_" + shard;
			response.putChannelCps(channel + "_" + collection.id() + "v" + shard,
					MsgPosition.newBuilder().setChannelName(channel).setTimestamp(timestamp + shard).build());
		}
	}

	GetFlushStateResponse flushState(GetFlushStateRequest request) {
		return GetFlushStateResponse.newBuilder()
			.setStatus(this.answers.good())
			.setFlushed(this.flushes.isFinished())
			.build();
	}

	GetPersistentSegmentInfoResponse segments(CollectionName name) {
		FakeCollection collection = this.catalogue.find(name);
		GetPersistentSegmentInfoResponse.Builder response = GetPersistentSegmentInfoResponse.newBuilder();
		if (collection == null) {
			return response.setStatus(this.answers.collectionMissing(name.database(), name.name())).build();
		}
		this.imports.of(collection);
		for (FakeSegment segment : collection.segments()) {
			response.addInfos(PersistentSegmentInfo.newBuilder()
				.setSegmentID(segment.id())
				.setCollectionID(segment.collectionId())
				.setPartitionID(segment.partitionId())
				.setNumRows(segment.rows())
				.setState(SegmentState.Flushed));
		}
		return response.setStatus(this.answers.good()).build();
	}

	ImportResponse submit(CollectionName name, ImportRequest request) {
		FakeCollection collection = this.catalogue.find(name);
		ImportResponse.Builder response = ImportResponse.newBuilder();
		if (collection == null) {
			return response.setStatus(this.answers.collectionMissing(name.database(), name.name())).build();
		}
		if (!collection.partitions.containsKey(request.getPartitionName())) {
			return response.setStatus(this.answers.partitionMissing(name.name(), request.getPartitionName())).build();
		}
		if (request.getFilesCount() == 0) {
			return response.setStatus(this.answers.error(1100, "import request is empty: invalid parameter")).build();
		}
		if (!request.getOptionsList().contains(Answers.pair("backup", "true"))) {
			return response.setStatus(this.answers.error(1100, "unsupported file type")).build();
		}
		long id = this.imports.submit(collection, request.getPartitionName(), request.getFilesList());
		return response.setStatus(this.answers.good()).addTasks(id).build();
	}

	GetImportStateResponse job(long id) {
		FakeImports.Job job = this.imports.find(id);
		return (job != null) ? state(job)
				: GetImportStateResponse.newBuilder().setStatus(this.answers.jobMissing(id)).build();
	}

	ListImportTasksResponse jobs(CollectionName name) {
		FakeCollection collection = this.catalogue.find(name);
		return (collection == null)
				? ListImportTasksResponse.newBuilder()
					.setStatus(this.answers.collectionMissing(name.database(), name.name()))
					.build()
				: ListImportTasksResponse.newBuilder()
					.setStatus(this.answers.good())
					.addAllTasks(this.imports.of(collection).stream().map(this::state).toList())
					.build();
	}

	private GetImportStateResponse state(FakeImports.Job job) {
		GetImportStateResponse.Builder response = GetImportStateResponse.newBuilder()
			.setStatus(this.answers.good())
			.setState(job.state)
			.setId(job.id)
			.setCollectionId(job.collection.id())
			.setRowCount(job.rows)
			.setCreateTs(job.created.getEpochSecond())
			.addInfos(Answers.pair("files", String.join(",", job.files)))
			.addInfos(Answers.pair("collection", job.collection.name().name()))
			.addInfos(Answers.pair("partition", job.partition))
			.addInfos(Answers.pair("failed_reason", job.reason))
			.addInfos(Answers.pair("backup", "true"));
		if (!job.isUnfinished()) {
			response
				.addInfos(Answers.pair("progress_percent", (job.state == ImportState.ImportCompleted) ? "100" : "0"));
		}
		return response.build();
	}

}
