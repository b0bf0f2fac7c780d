package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.testing.MemoryObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CheckCommandTest {

	private final CommandLineHarness cli;

	CheckCommandTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
		Files.createDirectories(this.cli.milvusRoot().resolve("insert_log"));
		Files.writeString(this.cli.milvusRoot().resolve("insert_log/1"), "data");
	}

	@Test
	void showsTheConfigurationAndThatAllIsWell() throws IOException {
		assertThat(this.cli.run("check", "--set", "milvus.password=my-secret")).isZero();
		assertThat(this.cli.outLines()).startsWith("Configuration:").endsWith("Milvus version: v2.3.5", "Success!");
		assertThat(this.cli.out()).containsPattern("PARAMETER +VALUE +SOURCE +SOURCE_KEY")
			.containsPattern("milvus.password +\\*+ +--set +milvus.password")
			.doesNotContain("my-secret");
		assertThat(this.cli.milvus().pauses()).containsExactly(Duration.ofSeconds(1));
		assertThat(filesBelow(this.cli.milvusRoot())).isEqualTo(1);
		assertThat(filesBelow(this.cli.backupRoot())).isZero();
	}

	@Test
	void anEmptyRootPathIsAWarning() throws IOException {
		Files.delete(this.cli.milvusRoot().resolve("insert_log/1"));
		assertThat(this.cli.run("check")).isZero();
		assertThat(this.cli.out()).contains("The Milvus root path is empty").doesNotContain("Success!");
	}

	@Test
	void aWrongRootPathNamesTheDirectoriesThatExist() {
		MemoryObjectStore store = new MemoryObjectStore();
		store.write(new ObjectKey("production/insert_log/1"), ObjectContent.of(new byte[] { 1 }));
		store.write(new ObjectKey("staging/insert_log/1"), ObjectContent.of(new byte[] { 1 }));
		this.cli.use(always(store));
		assertThat(
				this.cli.run("check", "--set", "milvus.storage.provider=minio", "--set", "milvus.storage.rootPath=prod",
						"--set", "backup.storage.provider=minio", "--set", "backup.storage.rootPath=backup"))
			.isZero();
		assertThat(this.cli.out()).contains("Directories that exist there: production, staging.");
	}

	@Test
	void garbageCollectionThatCannotBePausedIsAWarning() {
		this.cli.milvus()
			.refusingPauses(new MilvusException(MilvusException.Kind.UNAVAILABLE,
					"unable to pause garbage collection: refused", null, null));
		assertThat(this.cli.run("check", "--output", "json")).isZero();
		assertThat(this.cli.json().path("warnings").path(0).asString()).contains("refused",
				"milvus.management.endpoint");
	}

	@Test
	void garbageCollectionIsNotTouchedWhenItWouldNotBePaused() {
		assertThat(this.cli.run("check", "--set", "backup.pauseGC=false")).isZero();
		assertThat(this.cli.milvus().pauses()).isEmpty();
	}

	@Test
	void aMilvusThatIsNotThereIsExitCode1AndAWrongPasswordIs2() {
		this.cli.milvus()
			.refusing(new MilvusException(MilvusException.Kind.UNAVAILABLE, "unable to connect", "h", null));
		assertThat(this.cli.run("check")).isEqualTo(1);
		this.cli.milvus().refusing(new MilvusException(MilvusException.Kind.DENIED, "unable to log in", "h", null));
		assertThat(this.cli.run("check")).isEqualTo(2);
		assertThat(this.cli.err()).contains("unable to log in", "HINT: h");
	}

	@Test
	void aMilvusDirectoryThatIsNotThereIsAnError() throws IOException {
		assertThat(this.cli.run("check", "--set", "milvus.storage.rootPath=" + this.cli.milvusRoot() + "/none"))
			.isNotZero();
		assertThat(this.cli.err()).contains("unable to ", "none");
	}

	private static StoreConnector always(ObjectStore store) {
		return new StoreConnector() {
			@Override
			public ObjectStore open(StorageProperties properties) {
				return store;
			}

			@Override
			public ObjectStore openOrCreate(StorageProperties properties) {
				return store;
			}
		};
	}

	private static long filesBelow(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).count();
		}
	}

}
