package dev.milvusbackup.rest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.milvusbackup.launch.RunLog;
import dev.milvusbackup.rest.ServerHarness.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which lines of the log belong to which request and run.
 */
class RequestLogTest {

	private static final Logger ROOT = (Logger) LoggerFactory.getLogger("dev.milvusbackup");

	private final Lines lines = new Lines();

	private final ServerHarness server;

	private Level before = Level.WARN;

	RequestLogTest(@TempDir Path directory) {
		this.server = new ServerHarness(directory);
	}

	@BeforeEach
	void start() {
		this.before = ROOT.getEffectiveLevel();
		ROOT.setLevel(Level.INFO);
		this.lines.setContext(ROOT.getLoggerContext());
		this.lines.start();
		ROOT.addAppender(this.lines);
		this.server.milvus().collection("a").insertSegment("_default", 10);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.close();
		ROOT.detachAppender(this.lines);
		ROOT.setLevel(this.before);
	}

	@Test
	void eachRequestIsOneLineThatNamesItAndHidesWhatMayBeSecret() {
		Answer answer = this.server.get("/api/v1/get_backup?backup_name=b1", "Authorization", "Bearer s3cr3t");
		String id = answer.json().path("requestId").asString();
		assertThat(id).isNotEmpty();
		Line line = this.lines.only("GET /api/v1/get_backup");
		assertThat(line.message()).matches("GET /api/v1/get_backup 200 in \\d+ ms");
		assertThat(line.marks()).containsExactly(Map.entry("request", id));
	}

	@Test
	void theLinesOfARunNameTheRequestThatStartedItAndTheOtherWayRound() {
		this.server.post("/api/v1/create", "{\"backup_name\":\"b1\"}", "request_id", "first");
		this.server.post("/api/v1/create", "{\"backup_name\":\"b2\",\"requestId\":\"second\\n\"}");
		assertThat(this.lines.all("begun")).extracting((line) -> line.marks().get("request"))
			.containsExactly("first", "second?");
		assertThat(this.lines.all("begun")).extracting((line) -> line.marks().get("backup"))
			.containsExactly("b1", "b2");
		assertThat(this.lines.all("POST /api/v1/create"))
			.extracting((line) -> line.marks().get("request") + " " + line.marks().get("run"))
			.containsExactly("first 1", "second? 2");
		this.server.get("/api/v1/list", "RequestId", "third");
		assertThat(this.lines.only("GET /api/v1/list").marks()).containsExactly(Map.entry("request", "third"));
	}

	private record Line(String message, Map<String, Object> marks) {
	}

	/**
	 * Keeps each line with the marks that its thread had.
	 */
	private static final class Lines extends AppenderBase<ILoggingEvent> {

		private final List<Line> lines = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			this.lines.add(new Line(event.getFormattedMessage(), RunLog.marks()));
		}

		/** Written when the answer is on its way already. */
		Line only(String start) {
			Awaitility.await().until(() -> !all(start).isEmpty());
			assertThat(all(start)).hasSize(1);
			return all(start).get(0);
		}

		List<Line> all(String start) {
			return this.lines.stream().filter((line) -> line.message().startsWith(start)).toList();
		}

	}

}
