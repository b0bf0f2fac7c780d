package dev.milvusbackup.rest.console;

import java.nio.file.Path;
import java.time.Duration;

import dev.milvusbackup.rest.ServerHarness;
import dev.milvusbackup.testing.Fault.Hang;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.real.RealBrowser;
import dev.milvusbackup.testing.real.RequiresReal;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@RequiresReal("chromium")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

	private static final String TAB = "\uE004";

	private static final String ENTER = "\uE007";

	private final ServerHarness server;

	private final RealBrowser browser = RealBrowser.start();

	ConsoleIT(@TempDir Path directory) {
		this.server = new ServerHarness(directory).start();
		this.server.milvus().collection("books").insertSegment("_default", 100);
		this.server.milvus().collection("shop.films").insertSegment("_default", 200);
	}

	@BeforeEach
	void reset() {
		this.server.reset();
		this.browser.resize(1280, 900);
	}

	/** Neither a script nor a rule of the pages' own may be broken. */
	@AfterEach
	void nothingIsLogged() {
		assertThat(this.browser.log()).isEmpty();
	}

	@AfterAll
	void stop() {
		this.browser.close();
		this.server.close();
	}

	@Test
	void aBackupIsStartedFollowedVerifiedRestoredAndDeleted() {
		open("/");
		assertThat(text(".empty")).contains("no backup yet");
		this.browser.screenshot("backups-none");
		followABackup();
		verify();
		restore();
		delete();
	}

	private void followABackup() {
		Hang hang = this.server.target().on(Operation.COPY).nth(3).hang();
		this.browser.click("nav a[href='/console/new']");
		this.browser.type("#name", "nightly_20261127");
		this.browser.screenshot("backup-new");
		this.browser.click("button.primary");
		await().until(() -> text("[data-text]").contains("copySegments"));
		assertThat(text("[data-phase]")).isEqualTo("running");
		assertThat(text("[data-steps]")).contains("readMetadata", "completed", "copySegments", "started");
		this.browser.screenshot("run-running");
		hang.release();
		await().until(() -> text("[role=status]").startsWith("complete"));
		assertThat(text("main")).contains("readMetadata", "copySegments", "writeManifest", "default.books");
		this.browser.screenshot("run-complete");
	}

	private void verify() {
		this.browser.click("main a[href='/console/backups/nightly_20261127']");
		this.browser.click("input[name=deep]");
		this.browser.click("form button");
		await().until(() -> text("section [role=status]").startsWith("good"));
		this.browser.screenshot("backup");
		open("/");
		assertThat(text("tbody tr")).contains("nightly_20261127", "complete", "good, every byte")
			.doesNotContain("never");
		this.browser.screenshot("backups");
	}

	private void restore() {
		this.browser.click("a[aria-label='Restore nightly_20261127']");
		this.browser.type("#suffix", "_drill");
		this.browser.screenshot("restore");
		this.browser.click("button.primary");
		await().until(() -> text("[role=status]").startsWith("complete"));
		assertThat(this.server.milvus().find("books_drill").rows()).isEqualTo(100);
		this.browser.click("nav a[href='/console/runs']");
		assertThat(text("tbody")).contains("restore", "backup");
		this.browser.screenshot("runs");
	}

	private void delete() {
		open("/");
		this.browser.click("a[aria-label='Delete nightly_20261127']");
		assertThat(text("main")).contains("cannot be brought back", "2 collections");
		this.browser.screenshot("delete");
		this.browser.click("a.button");
		assertThat(text("h1")).isEqualTo("Backup nightly_20261127");
		this.browser.click("a.danger");
		this.browser.click("button.danger");
		await().until(() -> this.browser.has(".empty"));
		assertThat(this.server.backups().keys()).isEmpty();
	}

	@Test
	void oldBackupsAreLookedAtAndThenDeletedByKeyboard() {
		for (String name : new String[] { "nightly_1", "nightly_2", "nightly_3" }) {
			this.server.post("/api/v1/create", "{\"backup_name\":\"" + name + "\"}");
		}
		open("/console/expire");
		this.browser.type("#prefix", "nightly_");
		this.browser.screenshot("expire-rules");
		this.browser.type("#keepLast", "1" + ENTER);
		await().until(() -> this.browser.has("[data-result]"));
		assertThat(text("[data-result]")).isEqualTo("2 backups would go");
		assertThat(focused()).isEqualTo("2 backups would go");
		assertThat(text("section tbody")).contains("nightly_3", "stays", "nightly_1", "goes", "no rule keeps it");
		this.browser.screenshot("expire-shown");
		assertThat(this.server.get("/api/v1/list").json().path("data").size()).isEqualTo(3);
		for (int tab = 0; tab < 3; tab++) {
			this.browser.press(TAB);
		}
		this.browser.press(TAB);
		assertThat(focused()).isEqualTo("Delete 2 backups");
		this.browser.press(ENTER);
		await().until(() -> text("[role=status]").startsWith("complete"));
		assertThat(text("main")).contains("2 backups that go", "deleted");
		this.browser.screenshot("expire-run");
		assertThat(this.server.get("/api/v1/list").json().path("data").size()).isOne();
	}

	@Test
	void aRestoreWithAPlanAndOptionsThatFewNeed() {
		this.server.post("/api/v1/create", "{\"backup_name\":\"b1\"}");
		open("/console/backups/b1/restore");
		this.browser.click("details summary");
		this.browser.type("#restorePlan",
				"mapping: [{source: default, target: archive, colls: [{source: books, target: books}]}]");
		this.browser.type("#filter", "archive.books");
		this.browser.type("#maxShards", "1");
		this.browser.click("input[name=moveAliases]");
		this.browser.screenshot("restore-options");
		this.browser.click("button.primary");
		await().until(() -> text("[role=status]").startsWith("complete"));
		assertThat(text("main")).contains("archive.books");
		open("/console/backups/b1/restore");
		this.browser.click("details summary");
		this.browser.type("#skipParams", "{");
		this.browser.click("button.primary");
		await().until(() -> this.browser.has("[role=alert]"));
		assertThat(text("[role=alert]")).contains("Keys not to restore", "YAML");
		this.browser.screenshot("restore-refused");
		assertThat(this.browser.log()).allMatch((entry) -> entry.contains("422"));
	}

	@Test
	void aBackupInAFormatThatTheServerLacksIsRefused() {
		open("/console/new");
		this.browser.type("#name", "b1");
		this.browser.script("document.getElementById('format').value = 'snapshot'");
		this.browser.screenshot("backup-options");
		this.browser.click("button.primary");
		await().until(() -> this.browser.has("[role=alert]"));
		assertThat(text("[role=alert]")).contains("3.0");
		assertThat(this.browser.script("return document.getElementById('format').value").asString())
			.isEqualTo("snapshot");
		assertThat(this.browser.log()).allMatch((entry) -> entry.contains("422"));
	}

	@Test
	void aFailureShowsItsReasonAndTheRunIsGoneOnWith() {
		this.server.target().on(Operation.COPY).fail();
		open("/console/new");
		this.browser.type("#name", "weekly");
		this.browser.click("button.primary");
		await().until(() -> text("[role=status]").startsWith("failed"));
		assertThat(text(".error")).contains("unable to");
		this.browser.click("details summary");
		this.browser.screenshot("run-failed");
		open("/");
		assertThat(text("tbody tr")).contains("weekly", "incomplete");
		this.server.target().heal();
		open("/console/runs");
		this.browser.click("tbody a");
		this.browser.click("form button.primary");
		await().until(() -> text("[role=status]").startsWith("complete"));
	}

	@Test
	void aFormThatCannotBeCarriedOutIsShownAgainWithTheError() {
		open("/console/new");
		this.browser.type("#name", "b1");
		this.browser.type("#filter", "default.nowhere!");
		this.browser.click("button.primary");
		await().until(() -> this.browser.has("[role=alert]"));
		assertThat(text("[role=alert]")).contains("unable to use filter", "Hint");
		assertThat(this.browser.script("return document.getElementById('name').value").asString()).isEqualTo("b1");
		this.browser.screenshot("backup-refused");
		// what a browser logs of an answer that is no success
		assertThat(this.browser.log()).allMatch((entry) -> entry.contains("422"));
	}

	@Test
	void theKeyboardIsEnough() {
		open("/");
		this.browser.press(TAB);
		assertThat(focused()).isEqualTo("Skip to the content");
		this.browser.screenshot("keyboard");
		this.browser.press(ENTER);
		this.browser.press(TAB);
		assertThat(focused()).isEqualTo("Make the first one.");
		this.browser.press(ENTER);
		await().until(() -> text("h1").equals("New backup"));
		this.browser.type("#name", "by_keyboard" + ENTER);
		await().until(() -> this.browser.has("[role=status]"));
		await().until(() -> text("[role=status]").startsWith("complete"));
	}

	@Test
	void everyFieldHasALabelAndEveryTableACaption() {
		this.server.post("/api/v1/create", "{\"backup_name\":\"b1\"}");
		for (String page : new String[] { "/", "/console/new", "/console/expire", "/console/runs",
				"/console/backups/b1", "/console/backups/b1/restore", "/console/backups/b1/delete" }) {
			open(page);
			assertThat(this.browser
				.script("return [...document.querySelectorAll('input:not([type=hidden]),select,textarea')]"
						+ ".filter((field) => field.labels.length === 0).length")
				.asInt()).as(page).isZero();
			assertThat(this.browser
				.script("return [...document.querySelectorAll('table')].filter((table) => !table.caption).length")
				.asInt()).as(page).isZero();
			assertThat(this.browser.script("return document.querySelectorAll('h1').length").asInt()).isOne();
			assertThat(this.browser.script("return document.documentElement.lang").asString()).isEqualTo("en");
		}
	}

	@Test
	void aNarrowScreenDoesNotScrollThePageSideways() {
		this.server.post("/api/v1/create", "{\"backup_name\":\"b1\"}");
		this.browser.resize(500, 900);
		open("/");
		this.browser.screenshot("narrow");
		assertThat(this.browser.script("return document.documentElement.scrollWidth <= window.innerWidth").asBoolean())
			.isTrue();
	}

	private void open(String path) {
		this.browser.open(this.server.uri(path));
	}

	private String text(String selector) {
		return this.browser.text(selector);
	}

	private String focused() {
		return this.browser.script("return document.activeElement.innerText").asString();
	}

	/** A page may be replaced while it is looked at. */
	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
	}

}
