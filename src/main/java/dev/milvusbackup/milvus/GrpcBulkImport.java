package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.milvus.BulkImport.ImportJob.State;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ListImportTasksRequest;
import io.milvus.grpc.ListImportTasksResponse;
import org.jspecify.annotations.Nullable;

/**
 * Imports over gRPC, which is all that servers before 2.4 have. Newer ones tell there
 * neither which job it is, nor of which files, nor how many rows there were.
 */
final class GrpcBulkImport implements BulkImport {

	/** Milvus repeats the request inside up to ten times before it answers. */
	private static final Duration SUBMIT_LIMIT = Duration.ofMinutes(2);

	private final MilvusCalls calls;

	GrpcBulkImport(MilvusCalls calls) {
		this.calls = calls;
	}

	@Override
	public int mostSegments(boolean deletes) {
		return 1;
	}

	@Override
	public long submit(ImportRequest request) {
		CollectionName name = request.collection();
		io.milvus.grpc.ImportRequest message = io.milvus.grpc.ImportRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.setPartitionName(request.partition())
			.addAllFiles(request.paths())
			.addAllOptions(options(request.options()).entrySet()
				.stream()
				.map((option) -> SchemaWriter.pair(option.getKey(), option.getValue()))
				.toList())
			.build();
		String action = "import '" + String.join("', '", request.paths()) + "' into '" + name + "'";
		ImportResponse answer = this.calls
			.sendOnce(new Call<>(action, name.database(), (stub) -> stub.import_(message), ImportResponse::getStatus)
				.within(SUBMIT_LIMIT));
		if (answer.getTasksCount() != 1) {
			throw this.calls.failures()
				.unknownOutcome(action, "the server named " + answer.getTasksCount() + " jobs instead of one", null);
		}
		return answer.getTasks(0);
	}

	/** These servers take the end for milliseconds; to round it up loses no row. */
	private static Map<String, String> options(Options options) {
		Map<String, String> values = options.values();
		values.computeIfPresent("end_ts", (key, value) -> Long.toString((options.endTimestamp() >>> 18) + 1));
		return values;
	}

	@Override
	public ImportJob job(CollectionName collection, long id) {
		String action = "get state of import job '" + id + "'";
		GetImportStateRequest request = GetImportStateRequest.newBuilder().setTask(id).build();
		GetImportStateResponse answer = this.calls
			.send(Call.global(action, (stub) -> stub.getImportState(request), GetImportStateResponse::getStatus)
				.accepting(StatusReader::isJobUnknown));
		if (!StatusReader.isGood(answer.getStatus())) {
			throw new MilvusException(Kind.NOT_FOUND,
					"unable to " + action + ": " + StatusReader.reason(answer.getStatus()), null, null);
		}
		return job(id, null, answer);
	}

	@Override
	public List<ImportJob> jobs(CollectionName collection) {
		ListImportTasksRequest request = ListImportTasksRequest.newBuilder()
			.setDbName(collection.database())
			.setCollectionName(collection.name())
			.build();
		ListImportTasksResponse answer = this.calls.send(new Call<>("list import jobs of '" + collection + "'",
				collection.database(), (stub) -> stub.listImportTasks(request), ListImportTasksResponse::getStatus));
		return answer.getTasksList().stream().map((task) -> job(task.getId(), collection, task)).toList();
	}

	private static ImportJob job(long id, @Nullable CollectionName collection, GetImportStateResponse answer) {
		Map<String, String> infos = new HashMap<>();
		answer.getInfosList().forEach((pair) -> infos.put(pair.getKey(), pair.getValue()));
		State state = state(answer);
		int progress = (state == State.COMPLETED) ? 100 : percent(infos.getOrDefault("progress_percent", "0"));
		String files = infos.getOrDefault("files", "");
		return new ImportJob(id, state, collection, files.isEmpty() ? List.of() : List.of(files.split(",", -1)),
				progress, (state == State.COMPLETED) ? answer.getRowCount() : 0,
				infos.getOrDefault("failed_reason", ""), answer.getCreateTs());
	}

	private static State state(GetImportStateResponse answer) {
		return switch (answer.getState()) {
			case ImportPending -> State.PENDING;
			case ImportFailed, ImportFailedAndCleaned -> State.FAILED;
			case ImportCompleted -> State.COMPLETED;
			default -> State.RUNNING;
		};
	}

	private static int percent(String text) {
		try {
			return Math.min(100, Math.max(0, Integer.parseInt(text)));
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

}
