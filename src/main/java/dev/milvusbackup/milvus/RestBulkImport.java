package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.milvus.BulkImport.ImportJob.State;
import dev.milvusbackup.milvus.MilvusFeatures.Feature;
import dev.milvusbackup.model.CollectionName;
import tools.jackson.databind.JsonNode;

/**
 * Imports by the second REST interface (Milvus 2.4 and later).
 */
final class RestBulkImport implements BulkImport {

	/** The server refuses a job of more. */
	private static final int MOST_SEGMENTS = 1024;

	private static final String PATH = "/v2/vectordb/jobs/import/";

	private final RestCalls calls;

	private final boolean severalDeletes;

	RestBulkImport(RestCalls calls, MilvusFeatures features) {
		this.calls = calls;
		this.severalDeletes = features.has(Feature.MULTI_L0_IN_ONE_JOB);
	}

	@Override
	public int mostSegments(boolean deletes) {
		return (deletes && !this.severalDeletes) ? 1 : MOST_SEGMENTS;
	}

	@Override
	public long submit(ImportRequest request) {
		CollectionName name = request.collection();
		String action = "import '" + String.join("', '", request.files().get(0)) + "'"
				+ ((request.files().size() > 1) ? " and " + (request.files().size() - 1) + " more" : "") + " into '"
				+ name + "'";
		Map<String, Object> body = body(name);
		body.put("collectionName", name.name());
		if (!request.partition().isEmpty()) {
			body.put("partitionName", request.partition());
		}
		body.put("files", request.files());
		body.put("options", request.options().values());
		long id = id(this.calls.sendOnce(action, PATH + "create", body));
		if (id < 0) {
			throw new MilvusException(MilvusException.Kind.UNKNOWN_OUTCOME,
					"unable to " + action + ": the server named no job",
					"look at the server's import jobs before sending it again", null);
		}
		return id;
	}

	@Override
	public ImportJob job(CollectionName collection, long id) {
		Map<String, Object> body = body(collection);
		body.put("jobId", Long.toString(id));
		JsonNode answer = this.calls.send("get state of import job '" + id + "'", PATH + "describe", body);
		return job(collection, id, answer);
	}

	@Override
	public List<ImportJob> jobs(CollectionName collection) {
		Map<String, Object> body = body(collection);
		body.put("collectionName", collection.name());
		JsonNode answer = this.calls.send("list import jobs of '" + collection + "'", PATH + "list", body);
		List<ImportJob> jobs = new ArrayList<>();
		for (JsonNode each : answer.path("records")) {
			if (id(each) >= 0) {
				jobs.add(job(collection, id(each), each));
			}
		}
		return jobs;
	}

	private static Map<String, Object> body(CollectionName name) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("dbName", name.database());
		return body;
	}

	private static long id(JsonNode answer) {
		String id = answer.path("jobId").asString("");
		return id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
	}

	private static ImportJob job(CollectionName collection, long id, JsonNode answer) {
		State state = state(answer.path("state").asString(""));
		List<String> paths = new ArrayList<>();
		answer.path("details").forEach((detail) -> paths.addAll(paths(detail.path("fileName").asString(""))));
		return new ImportJob(id, state, collection, paths, answer.path("progress").asInt(0),
				(state == State.COMPLETED) ? answer.path("importedRows").asLong(0) : 0,
				answer.path("reason").asString(""), 0);
	}

	/** {@code [path path]}; paths of backups have no blanks. */
	private static List<String> paths(String text) {
		String inner = text.replaceAll("^\\[|]$", "").strip();
		return inner.isEmpty() ? List.of() : List.of(inner.split(" +"));
	}

	private static State state(String text) {
		return switch (text) {
			case "Pending" -> State.PENDING;
			case "Failed" -> State.FAILED;
			case "Completed" -> State.COMPLETED;
			default -> State.RUNNING;
		};
	}

}
