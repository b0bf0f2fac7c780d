package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.MemoryObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * REST on the port of gRPC, and the rules of imports since 2.4.
 */
class FakeRestTest {

	private static final String CREATE = "/v2/vectordb/jobs/import/create";

	private static final String DESCRIBE = "/v2/vectordb/jobs/import/describe";

	private static final String LIST = "/v2/vectordb/jobs/import/list";

	private static final String SEGMENTS = "/v2/vectordb/segments/describe";

	private final MemoryObjectStore store = new MemoryObjectStore();

	private final HttpClient client = HttpClient.newHttpClient();

	private FakeMilvus server = start("2.6.11");

	private FakeCollection source = this.server.collection("source");

	private FakeCollection target = this.server.collection("target");

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void onePortSpeaksBoth() throws Exception {
		FakeSegment segment = this.source.insertSegment("_default", 2500, 1);
		try (Milvus milvus = new DefaultMilvusConnector().connect(this.server.properties())) {
			assertThat(milvus.catalog().version()).isEqualTo("v2.6.11");
			JsonNode info = data(SEGMENTS,
					Map.of("collectionId", this.source.id(), "segmentIds", List.of(segment.id())))
				.path("segmentInfos")
				.path(0);
			assertThat(info.path("numRows").asLong()).isEqualTo(2500);
			assertThat(info.path("vChannel").asString()).isEqualTo("by-dev-rootcoord-dml_0_" + this.source.id() + "v0");
			assertThat(info.path("insertLogs")).extracting((log) -> log.path("fieldID").asLong())
				.containsExactly(0L, 102L);
			assertThat(info.path("insertLogs").path(0).path("logIDs")).hasSize(3);
			assertThat(info.path("deltaLogs").path(0).path("logIDs")).hasSize(1);
		}
	}

	@Test
	void whatAVersionDoesNotHaveIsNotFound() throws Exception {
		use("2.5.7");
		assertThat(post(SEGMENTS, Map.of()).statusCode()).isEqualTo(404);
		assertThat(post(LIST, Map.of()).statusCode()).isEqualTo(200);
		use("2.3.5");
		assertThat(post(CREATE, Map.of()).statusCode()).isEqualTo(404);
	}

	@Test
	void withoutTheRightTokenNothingIsAnswered() throws Exception {
		this.server.requireCredentials("root", "secret");
		assertThat(post(LIST, Map.of()).statusCode()).isEqualTo(401);
		HttpRequest request = request(LIST, Map.of()).header("Authorization", "Bearer root:secret").build();
		assertThat(this.client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
	}

	@Test
	void aJobLoadsSegmentsAndTellsOfThem() throws Exception {
		FakeSegment first = this.source.insertSegment("_default", 10);
		FakeSegment second = this.source.insertSegment("_default", 20, 5);
		String id = submit(List.of(directory("insert_log", first, true), directory("delta_log", first, true)),
				Map.of("backup", "true", "storage_version", "2"));
		JsonNode job = data(DESCRIBE, Map.of("jobId", id));
		assertThat(job.path("state").asString()).isEqualTo("Completed");
		assertThat(job.path("totalRows").asLong()).isEqualTo(25);
		assertThat(job.path("details")).extracting((detail) -> detail.path("fileName").asString())
			.containsExactly("[" + directory("insert_log", first, false) + "]",
					"[" + directory("insert_log", second, false) + " " + directory("delta_log", second, false) + "]");
		assertThat(this.target.visible()).isEqualTo(this.source.visible());
		assertThat(data(LIST, Map.of("collectionName", "target")).path("records"))
			.extracting((listed) -> listed.path("jobId").asString())
			.containsExactly(id);
	}

	@Test
	void filesAreToldOnceTheWorkHasBegun() throws Exception {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		this.server.imports().delay(Duration.ofHours(1));
		String id = submit(List.of(directory("insert_log", segment, true)), Map.of("backup", "true"));
		JsonNode job = data(DESCRIBE, Map.of("jobId", id));
		assertThat(job.path("state").asString()).isEqualTo("Pending");
		assertThat(job.path("details")).isEmpty();
	}

	@Test
	void columnGroupsHaveToBeAnnounced() throws Exception {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		String path = directory("insert_log", segment, true);
		assertThat(reason(submit(List.of(path), Map.of("backup", "true")))).contains("no binlog for Timestamp field");
		FakeSegment old = this.source.withoutColumnGroups().insertSegment("old", 10);
		assertThat(reason(
				submit(List.of(directory("insert_log", old, true)), Map.of("backup", "true", "storage_version", "2"))))
			.contains("is not of storage version 2");
		assertThat(this.target.segments()).isEmpty();
	}

	@Test
	void theSegmentMustBeOneDirectoryBelowThePath() throws Exception {
		FakeSegment segment = this.source.withoutColumnGroups().insertSegment("_default", 10);
		String tooDeep = directory("insert_log", segment, false);
		assertThat(reason(submit(List.of(tooDeep), Map.of("backup", "true")))).contains("no binlog for");
	}

	@Test
	void wrongPathsAreRefusedAtOnce() throws Exception {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		String path = directory("insert_log", segment, true);
		assertThat(refusal(List.of("nowhere/"), Map.of("backup", "true"))).contains("no binlog to import");
		assertThat(refusal(List.of("/" + path), Map.of("backup", "true"))).contains("no binlog to import");
		assertThat(refusal(List.of(path, path, path), Map.of("backup", "true"))).contains("too many input paths");
		assertThat(refusal(List.of(path), Map.of())).contains("unsupported file type");
		assertThat(refusal(List.of(path), Map.of("backup", "true", "end_ts", "1700000000000")))
			.contains("not a valid hybrid timestamp");
		this.server.imports().limit(0);
		assertThat(refusal(List.of(path), Map.of("backup", "true"))).contains("number of jobs has reached the limit");
	}

	@Test
	void deletesOfAllPartitionsReachWhatIsThere() throws Exception {
		this.source.history().insert("_default", 1, 2, 3);
		this.source.history().insert("other", 2);
		this.source.history().flush();
		this.source.history().delete(null, 2);
		this.source.history().flush();
		FakeSegment deletes = this.source.segments().get(2);
		assertThat(deletes.levelZero()).isTrue();
		assertThat(deletes.partitionId()).isEqualTo(-1);
		this.target.partition("other");
		for (String partition : List.of("_default", "other")) {
			FakeSegment rows = this.source.segments()
				.stream()
				.filter((segment) -> segment.partitionId() == this.source.partition(partition))
				.findFirst()
				.get();
			submit(partition, List.of(List.of(directory("insert_log", rows, true))),
					Map.of("backup", "true", "storage_version", "2"));
		}
		assertThat(this.server.imports().loaded()).hasSize(2);
		assertThat(this.target.rows()).isEqualTo(4);
		submit("", List.of(List.of(directory("delta_log", deletes, false))), Map.of("l0_import", "true"));
		assertThat(this.server.imports().loaded()).hasSize(3);
		assertThat(this.target.visible()).isEqualTo(this.source.visible());
		assertThat(this.target.rows()).isEqualTo(2);
	}

	@Test
	void severalSegmentsOfDeletesNeedANewServer() throws Exception {
		use("2.6.4");
		FakeSegment first = this.source.history().levelZeroSegment("_default", 1);
		FakeSegment second = this.source.history().levelZeroSegment("_default", 2);
		String id = submit("_default",
				List.of(List.of(directory("delta_log", first, false)), List.of(directory("delta_log", second, false))),
				Map.of("l0_import", "true"));
		assertThat(reason(id)).contains("there should be one prefix");
	}

	@Test
	void beforeTwoSixDeletesCannotBeImportedIntoWhatIsLoaded() throws Exception {
		use("2.5.7");
		this.target.load();
		FakeSegment deletes = this.source.history().levelZeroSegment("_default", 1);
		assertThat(refusal(List.of(directory("delta_log", deletes, false)), Map.of("l0_import", "true")))
			.contains("collection cannot be loaded");
	}

	@Test
	void encryptedLogsNeedTheirKey() throws Exception {
		this.server.encryptedDatabase("safe", "k1");
		this.source = this.server.collection("safe.source");
		FakeSegment segment = this.source.insertSegment("_default", 10);
		List<String> paths = List.of(directory("insert_log", segment, true));
		assertThat(reason(submit(paths, Map.of("backup", "true", "storage_version", "2")))).contains("decrypt");
		submit(paths, Map.of("backup", "true", "storage_version", "2", "ezk", "k1"));
		assertThat(this.server.imports().loaded()).hasSize(1);
		assertThat(this.target.rows()).isEqualTo(10);
		HttpResponse<String> zone = this.client.send(HttpRequest
			.newBuilder(
					URI.create(this.server.management().endpoint() + "/management/rootcoord/ez/backup?db_name=safe"))
			.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(JsonMapper.shared().readTree(zone.body()).path("ezk").asString()).isEqualTo("k1");
	}

	@Test
	void typesMustBeTheServersOwn() throws Exception {
		assertThat(post(SEGMENTS, Map.of("collectionId", "7", "segmentIds", List.of(1))).body()).contains("1801");
		assertThat(post(DESCRIBE, Map.of("jobId", 7)).body()).contains("1801");
	}

	@Test
	void aLostAnswerMeansAJobAllTheSame() throws Exception {
		FakeSegment segment = this.source.insertSegment("_default", 10);
		this.server.faults().loseAnswer(CREATE).fail(CREATE, io.milvus.shaded.io.grpc.Status.Code.INTERNAL);
		List<String> paths = List.of(directory("insert_log", segment, true));
		assertThatThrownBy(() -> submit(paths, Map.of("backup", "true"))).isInstanceOf(IOException.class);
		assertThat(this.server.imports().submitted()).isOne();
		assertThat(post(CREATE, Map.of()).statusCode()).isEqualTo(500);
	}

	private FakeMilvus start(String version) {
		return FakeMilvus.start(version, this.store, ObjectPrefix.of("files"));
	}

	private void use(String version) {
		this.server.close();
		this.server = start(version);
		this.source = this.server.collection("source");
		this.target = this.server.collection("target");
	}

	/**
	 * @param above whether the directory above the segment's
	 */
	private String directory(String kind, FakeSegment segment, boolean above) {
		String parent = "files/" + kind + "/" + this.source.id() + "/" + segment.partitionId() + "/";
		return above ? parent : parent + segment.id() + "/";
	}

	private String submit(List<String> paths, Map<String, String> options) throws Exception {
		return submit("_default", List.of(paths), options);
	}

	private String submit(String partition, List<List<String>> files, Map<String, String> options) throws Exception {
		return data(CREATE,
				Map.of("collectionName", "target", "partitionName", partition, "files", files, "options", options))
			.path("jobId")
			.asString();
	}

	private String refusal(List<String> paths, Map<String, String> options) throws Exception {
		HttpResponse<String> response = post(CREATE, Map.of("collectionName", "target", "partitionName", "_default",
				"files", List.of(paths), "options", options));
		JsonNode answer = JsonMapper.shared().readTree(response.body());
		assertThat(answer.path("code").asInt()).isNotZero();
		return answer.path("message").asString();
	}

	private String reason(String job) throws Exception {
		JsonNode answer = data(DESCRIBE, Map.of("jobId", job));
		assertThat(answer.path("state").asString()).isEqualTo("Failed");
		return answer.path("reason").asString();
	}

	private JsonNode data(String path, Object body) throws Exception {
		HttpResponse<String> response = post(path, body);
		JsonNode answer = JsonMapper.shared().readTree(response.body());
		assertThat(answer.path("code").asInt(-1)).as(response.body()).isZero();
		return answer.path("data");
	}

	private HttpResponse<String> post(String path, Object body) throws Exception {
		return this.client.send(request(path, body).build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path, Object body) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.server.port() + path))
			.timeout(Duration.ofSeconds(10))
			.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
	}

}
