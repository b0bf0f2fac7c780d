package dev.milvusbackup.testing.milvus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.testing.milvus.FakeImports.Job;
import dev.milvusbackup.testing.milvus.FakeImports.State;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ImportState;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ListImportTasksResponse;

/**
 * Imports over gRPC. Since 2.4 they are the jobs of the newer interface, and much of what
 * this one could tell is lost.
 */
final class ImportAnswers {

	private final FakeVersion version;

	private final ImportDesk desk;

	private final Answers answers;

	ImportAnswers(FakeVersion version, ImportDesk desk) {
		this.version = version;
		this.desk = desk;
		this.answers = new Answers(version);
	}

	ImportResponse submit(CollectionName name, ImportRequest request) {
		Map<String, String> options = new LinkedHashMap<>();
		for (KeyValuePair option : request.getOptionsList()) {
			options.put(option.getKey(), option.getValue());
		}
		try {
			long id = this.desk.submit(name, request.getPartitionName(), List.of(request.getFilesList()), options);
			return ImportResponse.newBuilder().setStatus(this.answers.good()).addTasks(id).build();
		}
		catch (Refusal ex) {
			return ImportResponse.newBuilder().setStatus(this.answers.error(ex)).build();
		}
	}

	GetImportStateResponse job(long id) {
		try {
			return state(this.desk.job(id));
		}
		catch (Refusal ex) {
			return GetImportStateResponse.newBuilder()
				.setStatus(this.version.hasImportJobs() ? this.answers.error(ex) : this.answers.jobMissing(id))
				.build();
		}
	}

	ListImportTasksResponse jobs(CollectionName name) {
		try {
			return ListImportTasksResponse.newBuilder()
				.setStatus(this.answers.good())
				.addAllTasks(this.desk.jobs(name).stream().map(this::state).toList())
				.build();
		}
		catch (Refusal ex) {
			return ListImportTasksResponse.newBuilder().setStatus(this.answers.error(ex)).build();
		}
	}

	private GetImportStateResponse state(Job job) {
		return this.version.hasImportJobs() ? jobState(job) : taskState(job);
	}

	/** Neither id nor files nor rows. */
	private GetImportStateResponse jobState(Job job) {
		ImportState state = (job.state == State.PENDING) ? ImportState.ImportPending : taskState(job.state);
		return GetImportStateResponse.newBuilder()
			.setStatus(this.answers.good())
			.setState(state)
			.addInfos(Answers.pair("failed_reason", job.reason))
			.addInfos(Answers.pair("progress_percent", Integer.toString(job.progress())))
			.build();
	}

	private GetImportStateResponse taskState(Job job) {
		GetImportStateResponse.Builder response = GetImportStateResponse.newBuilder()
			.setStatus(this.answers.good())
			.setState(taskState(job.state))
			.setId(job.id)
			.setCollectionId(job.order.collection().id())
			.setRowCount(job.rows)
			.setCreateTs(job.created.getEpochSecond())
			.addInfos(Answers.pair("files", String.join(",", job.order.files().get(0))))
			.addInfos(Answers.pair("collection", job.order.collection().name().name()))
			.addInfos(Answers.pair("partition", job.order.partition()))
			.addInfos(Answers.pair("failed_reason", job.reason))
			.addInfos(Answers.pair("backup", "true"));
		if (!job.isUnfinished()) {
			response.addInfos(Answers.pair("progress_percent", (job.state == State.COMPLETED) ? "100" : "0"));
		}
		return response.build();
	}

	private static ImportState taskState(State state) {
		return switch (state) {
			case PENDING, IMPORTING -> ImportState.ImportStarted;
			case COMPLETED -> ImportState.ImportCompleted;
			case FAILED -> ImportState.ImportFailed;
		};
	}

}
