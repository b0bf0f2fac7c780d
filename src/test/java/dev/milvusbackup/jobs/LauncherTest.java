package dev.milvusbackup.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LauncherTest {

	private final JobHost host;

	LauncherTest(@TempDir Path directory) throws IOException {
		this.host = new JobHost(directory);
	}

	@Test
	void itPassesEachArgumentOnAsItIsAndEndsWithTheProgramsExitCode() throws Exception {
		this.host.willExit(3);
		String launcher = JobFiles.path("bin/milvus-backup").toString();
		JobCommand command = new JobCommand("test", launcher + " create --name 'a b' --filter '*' ''", Map.of());
		assertThat(this.host.run(command)).isEqualTo(3);
		assertThat(this.host.calls()).isEqualTo(List.of(List.of("create", "--name", "a b", "--filter", "*", "")));
	}

	@Test
	void optionsOfJavaComeBeforeTheJar() throws Exception {
		String launcher = JobFiles.path("bin/milvus-backup").toString();
		JobCommand command = new JobCommand("test", launcher + " list",
				Map.of("MILVUS_BACKUP_JAVA_OPTIONS", "-Xmx256m -Da=b", "MILVUS_BACKUP_JAR", "/x y/z.jar"));
		assertThat(this.host.run(command)).isZero();
		assertThat(this.host.calls()).isEqualTo(List.of(List.of("-Xmx256m", "-Da=b", "-jar", "/x y/z.jar", "list")));
	}

}
