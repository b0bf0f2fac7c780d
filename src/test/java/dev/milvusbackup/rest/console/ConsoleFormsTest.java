package dev.milvusbackup.rest.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.rest.ServerHarness.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the forms ask for, sent as a browser does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleFormsTest {

	private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

	private static final Pattern NAMES = Pattern.compile("name=\"confirmed\" value=\"([^\"]*)\"");

	private final ServerHarness server;

	ConsoleFormsTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory).start();
		this.server.milvus().collection("books").insertSegment("_default", 10);
		this.server.milvus().collection("shop.films").insertSegment("_default", 10);
	}

	@BeforeEach
	void reset() {
		this.server.reset();
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void aBackupHasTheFormatAndTheOrderDateThatWereAskedFor() {
		String run = started(
				send("/console/new", "name=daily_{odate}&odate=260131&format=binlog&strategy=serial_flush"));
		assertThat(ended(run).path("backup").asString()).isEqualTo("daily_20260131");
		refused(send("/console/new", "name=s1&format=snapshot"), "snapshot", "3.0");
		refused(send("/console/new", "name=e1&indexExtra=true"), "unable to");
		refused(send("/console/new", "name=f1&format=zip"), "unable to use format 'zip'");
		refused(send("/console/new", "name=d1&odate=260131"), "{odate}");
	}

	@Test
	void aRestoreTakesAllOptionsOfTheCommandLine() {
		started(send("/console/new", "name=b1"));
		awaitBackups();
		String run = started(send("/console/backups/b1/restore",
				"filter=archive.books&restorePlan=" + encoded(
						"mapping: [{source: default, target: archive, colls: [{source: books, target: books}]}]")
						+ "&skipParams=" + encoded("{\"collectionProperties\":[\"x\"]}")
						+ "&maxShards=1&rebuildIndex=true&load=as_before"
						+ "&moveAliases=true&countRows=true&forceVersion=true&odate=260131&existing=fail"));
		JsonNode restore = ended(run);
		assertThat(restore.path("phase").asString()).as("%s", restore).isEqualTo("complete");
		assertThat(restore.path("collections")).singleElement()
			.satisfies((collection) -> assertThat(collection.path("name").asString()).isEqualTo("archive.books"));
		assertThat(this.server.get("/api/v1/get_restore?id=20260131").json().path("data").path("state_code").asInt())
			.isEqualTo(2);
	}

	@Test
	void aFormOfARestoreThatIsRefusedShowsWhatWasGivenButNoKey() {
		started(send("/console/new", "name=b1"));
		awaitBackups();
		Answer answer = send("/console/backups/b1/restore", "suffix=_again&maxShards=many&ezkMapping="
				+ encoded("\"old-s3cr3t\": \"new-s3cr3t\"") + "&restorePlan=" + encoded("mapping: []"));
		refused(answer, "many", "Most shards");
		assertThat(answer.body()).contains("value=\"_again\"", "mapping: []").doesNotContain("s3cr3t");
		refused(send("/console/backups/b1/restore", "restorePlan=" + encoded("a: [")), "field 'Restore plan'", "YAML");
		Answer mapping = send("/console/backups/b1/restore", "ezkMapping=" + encoded("old-s3cr3t: [x"));
		refused(mapping, "field 'Changed keys of encrypted databases'");
		assertThat(mapping.body()).doesNotContain("s3cr3t");
		refused(send("/console/backups/b1/restore", "suffix=_a&renames=a:b"), "suffix together with renames");
		refused(send("/console/backups/b1/restore",
				"filter=books&restorePlan=" + encoded("mapping: []\nfilter: {archive: {colls: [books]}}")),
				"filter of a restore plan");
	}

	@Test
	void oldBackupsAreShownFirstAndDeletedAfterAConfirmation() {
		backUp("n_1", "n_2", "n_3");
		Answer shown = send("/console/expire", "prefix=n_&keepLast=1&grace=7d");
		assertThat(shown.status()).isEqualTo(200);
		assertThat(shown.body()).contains("2 backups would go", "no rule keeps it", "Delete 2 backups");
		assertThat(names(shown)).isEqualTo("n_1,n_2");
		assertThat(backups()).isEqualTo(3);
		String run = started(send("/console/expire", "prefix=n_&keepLast=1&grace=7d&confirmed=n_1,n_2"));
		assertThat(ended(run).path("phase").asString()).isEqualTo("complete");
		assertThat(backups()).isOne();
		assertThat(this.server.get("/console" + run, "Accept", "text/html").body()).contains("2 backups that go", "n_1",
				"deleted");
	}

	@Test
	void whatWasNotShownIsNotDeleted() {
		backUp("n_1", "n_2");
		backUp("n_3");
		Answer again = send("/console/expire", "prefix=n_&keepLast=1&confirmed=n_1");
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.body()).contains("has changed since it was shown");
		assertThat(names(again)).isEqualTo("n_1,n_2");
		assertThat(backups()).isEqualTo(3);
	}

	@Test
	void rulesThatCannotBeUsedAreToldAndNothingIsDeleted() {
		backUp("n_1");
		refused(send("/console/expire", "prefix=n_"), "no rule says which to keep");
		refused(send("/console/expire", "keepLast=-1"), "no number");
		refused(send("/console/expire", "keepWithin=soon"), "not an age");
		assertThat(send("/console/expire", "keepLast=3").body()).contains("Nothing would go")
			.doesNotContain("name=\"confirmed\"");
		assertThat(backups()).isOne();
	}

	private void backUp(String... names) {
		for (String name : names) {
			assertThat(this.server.post("/api/v1/create", "{\"backup_name\":\"" + name + "\"}").json().has("code"))
				.isFalse();
		}
	}

	private void awaitBackups() {
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> backups() == 1);
	}

	private int backups() {
		return this.server.get("/api/v1/list").json().path("data").size();
	}

	private Answer send(String path, String fields) {
		String page = this.server.get("/console/new", "Accept", "text/html").body();
		Matcher token = TOKEN.matcher(page);
		assertThat(token.find()).isTrue();
		return this.server.post(path, fields + "&token=" + token.group(1), "Content-Type",
				"application/x-www-form-urlencoded");
	}

	/** Returns the path of the run, as /api/v2 and the console have it. */
	private static String started(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(302);
		return answer.header("location").replaceAll("^.*/console(/runs/[0-9]+)$", "$1");
	}

	private static void refused(Answer answer, String... why) {
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.body().replace("&#39;", "'")).contains("role=\"alert\"").contains(why);
	}

	private JsonNode ended(String run) {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.server.get("/api/v2" + run).json(),
					(json) -> !"running".equals(json.path("phase").asString()));
	}

	private static String names(Answer answer) {
		Matcher names = NAMES.matcher(answer.body());
		assertThat(names.find()).isTrue();
		return names.group(1);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
