package dev.milvusbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import dev.milvusbackup.testing.real.RequiresReal;
import dev.milvusbackup.testing.real.SmallDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Disks that are really full: nothing looks like a backup, the cause is named, and when
 * there is space the same command goes on.
 */
@RequiresReal("mount")
class FullDiskIT {

	private static final int SEGMENTS = 40;

	private final Path directory;

	private final DefaultStoreConnector stores = new DefaultStoreConnector();

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private FakeMilvus fake;

	FullDiskIT(@TempDir Path directory) {
		this.directory = directory;
	}

	@BeforeEach
	void start() throws IOException {
		for (String name : new String[] { "milvus", "backups", "repository" }) {
			Files.createDirectories(this.directory.resolve(name));
		}
		StorageProperties storage = new StorageProperties("local", "", 0, null, false, "",
				this.directory.resolve("milvus").toString(), null, null, null, null, 4, 1 << 20);
		this.fake = FakeMilvus.startLocal("2.3.5", this.stores.open(storage), this.directory.resolve("milvus"),
				ObjectPrefix.ROOT);
		for (int i = 0; i < SEGMENTS; i++) {
			this.fake.collection("a").insertSegment("_default", 10);
		}
		Files.writeString(this.directory.resolve("backup.yaml"), """
				configVersion: v2
				log: {console: false, file: {path: ""}}
				milvus:
				  {grpc: {address: 127.0.0.1, port: %d}, storage: {provider: local, rootPath: "%2$s/milvus"}}
				backup: {storage: {provider: local, rootPath: "%2$s/backups"}, pauseGC: false}
				batch: {repository: {directory: "%2$s/repository"}}
				""".formatted(this.fake.port(), this.directory));
	}

	@AfterEach
	void stop() {
		this.fake.close();
	}

	@Test
	void aDiskThatFillsUpWhileCopying() {
		try (SmallDisk disk = SmallDisk.mount(this.directory.resolve("backups"), 300)) {
			assertThat(run("create", "-n", "b1")).isOne();
			assertThat(err()).contains("unable to copy", "No space left on device");
			assertThat(run("list")).isZero();
			assertThat(out()).contains("b1").contains("incomplete");
			assertThat(run("restore", "-n", "b1", "-s", "_r")).isEqualTo(8);
			// still full
			assertThat(run("create", "-n", "b1")).isOne();
			disk.resize(64 * 1024);
			assertThat(run("create", "-n", "b1")).isZero();
			assertThat(run("verify", "-n", "b1", "--deep")).isZero();
		}
	}

	@Test
	void aDiskThatIsFullFromTheBeginning() throws IOException {
		try (SmallDisk disk = SmallDisk.mount(this.directory.resolve("backups"), 8)) {
			Files.write(this.directory.resolve("backups/other"), new byte[4096]);
			assertThat(run("create", "-n", "b1")).isOne();
			assertThat(err()).contains("No space left on device");
			assertThat(run("list")).isZero();
			assertThat(out()).doesNotContain("b1");
			disk.resize(64 * 1024);
			assertThat(run("create", "-n", "b1")).isZero();
			assertThat(run("verify", "-n", "b1", "--deep")).isZero();
		}
	}

	@Test
	void aDiskOfTheJobRepositoryThatIsFull() {
		try (SmallDisk disk = SmallDisk.mount(this.directory.resolve("repository"), 60)) {
			assertThat(run("create", "-n", "b1")).isOne();
			assertThat(err()).contains("unable to ");
			assertThat(run("list")).isZero();
			assertThat(out()).doesNotContain("b1 ");
			disk.resize(64 * 1024);
			assertThat(run("create", "-n", "b1")).isZero();
			assertThat(run("verify", "-n", "b1", "--deep")).isZero();
		}
	}

	private int run(String... args) {
		this.out.reset();
		this.err.reset();
		Surroundings surroundings = new Surroundings(stream(this.out), stream(this.err), false,
				Map.of("HOME", this.directory.toString()), this.directory);
		DefaultMilvusConnector milvus = new DefaultMilvusConnector();
		return MilvusBackup.run(args, new Connectors(new JobRunsFactory(this.stores, milvus), this.stores, milvus),
				surroundings);
	}

	private String out() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private String err() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

}
