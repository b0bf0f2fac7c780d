package dev.milvusbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import ch.qos.logback.classic.LoggerContext;
import dev.milvusbackup.config.LogSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

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

	private void apply(String level, boolean console, @Nullable Path file) {
		LogSetup.apply(new LogSettings(level, console, file, 1, 2, 3),
				new PrintStream(this.err, true, StandardCharsets.UTF_8));
	}

	private String text() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

}
