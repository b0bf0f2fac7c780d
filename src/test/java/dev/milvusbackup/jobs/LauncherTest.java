package dev.milvusbackup.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LauncherTest {

	private static final String QUICK = "-XX:TieredStopAtLevel=1";

	private static final String USE = "-XX:SharedArchiveFile=";

	private static final String ARCHIVE = "MILVUS_BACKUP_CLASS_ARCHIVE";

	/** Above what any system gives to a process. */
	private static final int NO_PROCESS = Integer.MAX_VALUE;

	private static final int MOST_NICE = 19;

	private final Path directory;

	/** Older than every archive. */
	private final Path jar;

	private final JobHost host;

	LauncherTest(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.jar = Files.createFile(Files.createDirectory(directory.resolve("x y")).resolve("z.jar"));
		Files.setLastModifiedTime(this.jar, FileTime.from(Instant.EPOCH));
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
	void itTakesTheJarBesideItsDirectoryElseTheOneThatMavenMade() throws Exception {
		Path bin = Files.createDirectories(this.directory.resolve("checkout/jobs/bin"));
		Path launcher = Files.copy(JobFiles.path("bin/milvus-backup"), bin.resolve("milvus-backup"),
				StandardCopyOption.COPY_ATTRIBUTES);
		Path built = Files.createDirectories(this.directory.resolve("checkout/target")).resolve("milvus-backup.jar");
		Files.createFile(built);
		assertThat(jar(launcher)).isEqualTo(built.toRealPath());
		Path installed = Files.createFile(bin.resolveSibling("milvus-backup.jar"));
		assertThat(jar(launcher)).isEqualTo(installed.toRealPath());
	}

	private Path jar(Path launcher) throws Exception {
		assertThat(this.host.run(new JobCommand("test", launcher + " list", Map.of()))).isZero();
		List<List<String>> calls = this.host.wholeCalls();
		List<String> call = calls.get(calls.size() - 1);
		return Path.of(call.get(call.indexOf("-jar") + 1)).toRealPath();
	}

	@Test
	void optionsOfJavaComeBeforeTheJar() throws Exception {
		assertThat(options("list", Map.of("MILVUS_BACKUP_JAVA_OPTIONS", "-Xmx256m -Da=b")))
			.isEqualTo(List.of("-Xmx256m", "-Da=b", QUICK, "-jar", this.jar.toString(), "list"));
	}

	@Test
	void aServerIsCompiledForALongLife() throws Exception {
		assertThat(options("server", Map.of())).isEqualTo(List.of("-jar", this.jar.toString(), "server"));
	}

	@Test
	void whatElseRunsComesFirstButBeforeAServer() throws Exception {
		int own = niceness("create", Map.of("MILVUS_BACKUP_NICE", "0"));
		assertThat(niceness("create", Map.of())).isEqualTo(Math.min(own + 10, MOST_NICE));
		assertThat(niceness("restore", Map.of("MILVUS_BACKUP_NICE", "3"))).isEqualTo(Math.min(own + 3, MOST_NICE));
		assertThat(niceness("server", Map.of())).isEqualTo(own);
		assertThat(niceness("server", Map.of("MILVUS_BACKUP_NICE", "3"))).isEqualTo(Math.min(own + 3, MOST_NICE));
	}

	private int niceness(String verb, Map<String, String> environment) throws Exception {
		calls(verb, environment);
		return this.host.niceness();
	}

	@Test
	void aBackupWritesTheClassArchiveUnderANameOfItsOwn() throws Exception {
		assertThat(options("create", Map.of(ARCHIVE, archive().toString())))
			.anySatisfy((option) -> assertThat(option).matches("-XX:ArchiveClassesAtExit=.*/classes\\.jsa\\.\\d+"));
		assertThat(options("list", Map.of(ARCHIVE, archive().toString())))
			.noneMatch((option) -> option.startsWith("-XX:ArchiveClassesAtExit") || option.startsWith(USE));
	}

	@Test
	void anArchiveThatIsWholeIsUsedByTheNextOne() throws Exception {
		Path written = Files.createFile(archive().resolveSibling("classes.jsa." + NO_PROCESS));
		List<List<String>> calls = calls("create", Map.of(ARCHIVE, archive().toString()));
		assertThat(calls.get(0)).contains("-Xshare:on", USE + written);
		assertThat(calls.get(1)).contains(USE + archive());
		assertThat(written).doesNotExist();
		assertThat(archive()).exists();
	}

	@Test
	void anArchiveThatIsBrokenIsRemoved() throws Exception {
		Path written = Files.createFile(archive().resolveSibling("classes.jsa." + NO_PROCESS));
		this.host.willExit(1);
		List<List<String>> calls = calls("create", Map.of(ARCHIVE, archive().toString()));
		assertThat(calls.get(1)).noneMatch((option) -> option.startsWith(USE));
		assertThat(written).doesNotExist();
		assertThat(archive()).doesNotExist();
	}

	@Test
	void whatAnotherProcessIsWritingIsLeftAlone() throws Exception {
		Path written = Files.createFile(archive().resolveSibling("classes.jsa." + ProcessHandle.current().pid()));
		assertThat(options("create", Map.of(ARCHIVE, archive().toString())))
			.noneMatch((option) -> option.startsWith(USE));
		assertThat(written).exists();
	}

	private Path archive() {
		return this.directory.resolve("classes.jsa");
	}

	private List<String> options(String verb, Map<String, String> environment) throws Exception {
		return calls(verb, environment).get(0);
	}

	private List<List<String>> calls(String verb, Map<String, String> environment) throws Exception {
		Map<String, String> all = new HashMap<>(environment);
		all.put("MILVUS_BACKUP_JAR", this.jar.toString());
		int before = this.host.wholeCalls().size();
		this.host.run(new JobCommand("test", JobFiles.path("bin/milvus-backup") + " " + verb, all));
		return this.host.wholeCalls().subList(before, this.host.wholeCalls().size());
	}

}
