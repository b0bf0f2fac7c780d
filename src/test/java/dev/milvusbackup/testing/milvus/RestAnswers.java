package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.milvus.FakeImports.Job;
import dev.milvusbackup.testing.milvus.FakeImports.State;
import tools.jackson.databind.JsonNode;

/**
 * The requests of the second REST interface that backups need.
 */
final class RestAnswers {

	private static final String JOBS = "/v2/vectordb/jobs/import/";

	private static final String SEGMENTS = "/v2/vectordb/segments/describe";

	private static final int MALFORMED = 1801;

	private static final int MISSING = 1802;

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final SegmentAnswers segments;

	private final ImportDesk desk;

	private final ServerPaths files;

	RestAnswers(FakeVersion version, FakeCatalogue catalogue, FakeImports imports, ServerPaths files) {
		this.version = version;
		this.catalogue = catalogue;
		this.segments = new SegmentAnswers(version, catalogue, imports);
		this.desk = new ImportDesk(version, catalogue, imports);
		this.files = files;
	}

	boolean has(String path) {
		return switch (path) {
			case SEGMENTS -> this.version.describesSegments();
			case JOBS + "create", JOBS + "describe", JOBS + "get_progress", JOBS + "list" ->
				this.version.hasImportJobs();
			default -> false;
		};
	}

	/**
	 * What goes under {@code data}.
	 * @throws Refusal when the server refuses it
	 */
	Map<String, Object> answer(String path, JsonNode body) {
		return this.catalogue.locked(() -> switch (path) {
			case SEGMENTS -> describeSegments(body);
			case JOBS + "create" -> create(body);
			case JOBS + "list" -> list(body);
			default -> describe(body);
		});
	}

	private Map<String, Object> describeSegments(JsonNode body) {
		List<Long> ids = new ArrayList<>();
		body.path("segmentIds").forEach((id) -> ids.add(number(id)));
		return this.segments.describe(number(body.path("collectionId")), ids);
	}

	private Map<String, Object> create(JsonNode body) {
		if (body.path("files").isEmpty()) {
			throw new Refusal(MISSING, "missing required parameters, error: Field validation for 'Files' failed");
		}
		List<List<String>> all = new ArrayList<>();
		for (JsonNode file : body.path("files")) {
			List<String> paths = new ArrayList<>();
			file.forEach((path) -> paths.add(text(path)));
			all.add(paths);
		}
		Map<String, String> options = new LinkedHashMap<>();
		body.path("options").properties().forEach((option) -> options.put(option.getKey(), text(option.getValue())));
		long id = this.desk.submit(name(body), body.path("partitionName").asString(""), all, options);
		return Map.of("jobId", Long.toString(id));
	}

	private Map<String, Object> list(JsonNode body) {
		boolean all = body.path("collectionName").asString("").isEmpty();
		List<Object> records = new ArrayList<>();
		for (Job job : this.desk.jobs(all ? null : name(body))) {
			records.add(summary(job));
		}
		return Map.of("records", records);
	}

	private Map<String, Object> describe(JsonNode body) {
		String id = body.has("jobId") ? text(body.path("jobId")) : "";
		if (!id.matches("\\d{1,18}")) {
			throw new Refusal(MISSING, "missing required parameters, error: Field validation for 'JobID' failed");
		}
		Job job = this.desk.job(Long.parseLong(id));
		Map<String, Object> answer = summary(job);
		long rows = (job.state == State.COMPLETED) ? job.rows : 0;
		answer.put("completeTime", (job.state == State.COMPLETED) ? job.created.toString() : "");
		answer.put("importedRows", rows);
		answer.put("totalRows", rows);
		List<Object> details = new ArrayList<>();
		long size = 0;
		if (job.state == State.IMPORTING || job.state == State.COMPLETED) {
			for (ImportRules.Found found : job.found) {
				long bytes = found.paths().stream().mapToLong(this::size).sum();
				details.add(detail(job, found, bytes));
				size += bytes;
			}
		}
		answer.put("fileSize", size);
		answer.put("details", details);
		return answer;
	}

	private static Map<String, Object> summary(Job job) {
		Map<String, Object> summary = new LinkedHashMap<>();
		summary.put("jobId", Long.toString(job.id));
		summary.put("collectionName", job.order.collection().name().name());
		summary.put("state", stateName(job.state));
		summary.put("progress", job.progress());
		if (!job.reason.isEmpty()) {
			summary.put("reason", job.reason);
		}
		return summary;
	}

	/** Files are told only once the work itself has begun. */
	private static Map<String, Object> detail(Job job, ImportRules.Found found, long bytes) {
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("fileName", "[" + String.join(" ", found.paths()) + "]");
		detail.put("fileSize", bytes);
		detail.put("progress", job.progress());
		detail.put("completeTime", "");
		detail.put("state", stateName(job.state));
		detail.put("importedRows", 0);
		detail.put("totalRows", 0);
		return detail;
	}

	private long size(String path) {
		return this.files.objects(path).stream().mapToLong(ObjectStat::bytes).sum();
	}

	private static String stateName(State state) {
		return state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
	}

	/** The server knows what type everything is of, and takes no other. */
	private static String text(JsonNode value) {
		if (!value.isString()) {
			throw new Refusal(MALFORMED, "can only accept json format request, error: " + value + " is no string");
		}
		return value.asString();
	}

	private static long number(JsonNode value) {
		if (!value.isIntegralNumber()) {
			throw new Refusal(MALFORMED, "can only accept json format request, error: " + value + " is no number");
		}
		return value.asLong();
	}

	private static CollectionName name(JsonNode body) {
		String collection = body.path("collectionName").asString("");
		if (collection.isEmpty()) {
			throw new Refusal(MISSING,
					"missing required parameters, error: Field validation for 'CollectionName' failed");
		}
		String database = body.path("dbName").asString("");
		return new CollectionName(database.isEmpty() ? CollectionName.DEFAULT_DATABASE : database, collection);
	}

}
