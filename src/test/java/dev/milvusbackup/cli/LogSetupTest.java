package dev.milvusbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.LoggerContext;
import dev.milvusbackup.config.LogSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class LogSetupTest {

	private final Path directory;

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	LogSetupTest(@TempDir Path directory) {
		this.directory = directory;
	}

	@AfterEach
	void putTheQuietLogBack() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		context.reset();
		new QuietLog().configure(context);
	}

	@Test
	void theFileGetsEverythingAndStderrNoStackTraces() throws IOException {
		Path file = this.directory.resolve("logs/backup.log");
		apply("info", true, file);
		LoggerFactory.getLogger("dev.milvusbackup.x").debug("too fine");
		LoggerFactory.getLogger("dev.milvusbackup.x").info("begun");
		LoggerFactory.getLogger("dev.milvusbackup.x").error("failed", new IllegalStateException("broken"));
		LoggerFactory.getLogger("org.springframework.x").info("chatter");
		assertThat(Files.readString(file)).contains("begun", "failed", "IllegalStateException: broken", "\tat ")
			.doesNotContain("too fine", "chatter");
		assertThat(text()).contains("begun", "failed").doesNotContain("\tat ", "too fine", "chatter");
	}

	@Test
	void aFileThatCannotBeWrittenIsTold() throws IOException {
		Files.writeString(this.directory.resolve("logs"), "a file, not a directory");
		apply("info", false, this.directory.resolve("logs/backup.log"));
		LoggerFactory.getLogger("dev.milvusbackup.x").info("begun");
		assertThat(text()).contains("WARNING: unable to write log file").doesNotContain("begun");
	}

	@Test
	void withoutAFileOnlyStderrIsWritten() {
		apply("fatal", true, null);
		LoggerFactory.getLogger("dev.milvusbackup.x").warn("not severe");
		LoggerFactory.getLogger("dev.milvusbackup.x").error("severe");
		assertThat(text()).contains("severe").doesNotContain("not severe");
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aFullFileIsMovedAsideAndOnlyTheNewestOnesAreKept() throws IOException {
		Path file = this.directory.resolve("backup.log");
		Path foreign = Files.writeString(this.directory.resolve("backup.log.notes"), "not of the log");
		apply("info", false, file);
		String line = "x".repeat(200_000);
		for (int number = 0; number < 40; number++) {
			LoggerFactory.getLogger("dev.milvusbackup.x").info("{} {}", number, line);
		}
		assertThat(rotated()).hasSize(3).allMatch((found) -> found.toFile().length() > 1 << 20);
		assertThat(Files.readString(file)).contains(" 39 x");
		assertThat(Files.readString(rotated().get(0))).doesNotContain(" 0 x");
		assertThat(foreign).exists();
	}

	@Test
	void rotatedFilesOfMoreThanTheseDaysAreDeleted() throws IOException {
		Path file = this.directory.resolve("backup.log");
		Path old = Files.writeString(this.directory.resolve("backup.log.2001-01-01T00-00-00.000"), "old");
		Files.writeString(file, "x".repeat(1 << 20));
		apply("info", false, file);
		LoggerFactory.getLogger("dev.milvusbackup.x").info("the first line of a new file");
		assertThat(old).doesNotExist();
		assertThat(rotated()).hasSize(1);
	}

	@Test
	void quietKeepsOnlyWarningsOnStderr() throws IOException {
		Path file = this.directory.resolve("backup.log");
		LogSetup.apply(new LogSettings("info", true, file, 1, 2, 3, false), stream(), true);
		LoggerFactory.getLogger("dev.milvusbackup.x").info("begun");
		LoggerFactory.getLogger("dev.milvusbackup.x").warn("careful");
		assertThat(text()).contains("careful").doesNotContain("begun");
		assertThat(Files.readString(file)).contains("careful", "begun");
	}

	@Test
	void asJsonEachLineIsAnObjectAlsoOfAnErrorWithItsStackTrace() throws IOException {
		Path file = this.directory.resolve("backup.log");
		LogSetup.apply(new LogSettings("info", true, file, 1, 2, 3, true), stream(), false);
		LoggerFactory.getLogger("dev.milvusbackup.x").info("a \"quoted\"\nmessage with {}", "an argument");
		LoggerFactory.getLogger("dev.milvusbackup.x").error("failed", new IllegalStateException("broken"));
		assertThat(Files.readString(file)).isEqualTo(text());
		assertThat(text().lines()).hasSize(2);
		JsonNode first = JsonMapper.shared().readTree(text().lines().findFirst().orElseThrow());
		assertThat(first.path("message").asString()).isEqualTo("a \"quoted\"\nmessage with an argument");
		assertThat(first.path("level").asString()).isEqualTo("INFO");
		assertThat(first.path("logger").asString()).isEqualTo("dev.milvusbackup.x");
		assertThat(Instant.parse(first.path("time").asString())).isBeforeOrEqualTo(Instant.now());
		JsonNode second = JsonMapper.shared().readTree(text().lines().skip(1).findFirst().orElseThrow());
		assertThat(second.path("error").asString()).startsWith("java.lang.IllegalStateException: broken")
			.contains("\tat ");
	}

	private List<Path> rotated() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((found) -> found.toString().matches(".*backup\\.log\\.\\d.*")).sorted().toList();
		}
	}

	private void apply(String level, boolean console, @Nullable Path file) {
		LogSetup.apply(new LogSettings(level, console, file, 1, 2, 3, false), stream(), false);
	}

	private PrintStream stream() {
		return new PrintStream(this.err, true, StandardCharsets.UTF_8);
	}

	private String text() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

}
