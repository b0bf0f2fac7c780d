package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StartupTest {

	private static final Pattern UNWANTED = Pattern
		.compile(" (org\\.springframework|org\\.h2|com\\.zaxxer|io\\.milvus|io\\.minio|ch\\.qos\\.logback)\\.");

	private static final Pattern WEB = Pattern.compile(
			" (org\\.springframework\\.(boot\\.(web|autoconfigure)|web)|org\\.apache\\.catalina|org\\.thymeleaf|org\\.springdoc)\\.");

	private final Path directory;

	private final CommandLineHarness cli;

	StartupTest(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.cli = new CommandLineHarness(directory);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "list", "get -n nowhere", "delete -n nowhere" })
	void verbsWithoutJobsLoadNeitherSpringNorADatabase(String commandLine) throws Exception {
		Process process = ChildProcess.start(this.directory, MilvusBackup.class,
				List.of("-Xlog:class+load:file=" + this.directory.resolve("classes")), commandLine.split(" "));
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isEqualTo(commandLine.contains("nowhere") ? 8 : 0);
		assertThat(this.cli.backupRoot()).isEmptyDirectory();
		List<String> loaded = Files.readAllLines(this.directory.resolve("classes"));
		assertThat(loaded).anyMatch((line) -> line.contains(" dev.milvusbackup.cli."));
		assertThat(loaded).noneMatch((line) -> UNWANTED.matcher(line).find());
	}

	@Test
	void verbsWithJobsLoadNoWebServer() throws Exception {
		Process process = ChildProcess.start(this.directory, MilvusBackup.class,
				List.of("-Xlog:class+load:file=" + this.directory.resolve("classes")), "status", "--set",
				"batch.repository.directory=" + this.directory.resolve("repository"));
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isZero();
		List<String> loaded = Files.readAllLines(this.directory.resolve("classes"));
		assertThat(loaded).anyMatch((line) -> line.contains(" org.springframework.batch."));
		assertThat(loaded).noneMatch((line) -> WEB.matcher(line).find());
	}

}
