package dev.milvusbackup.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.springframework.util.FileSystemUtils;

/**
 * A backup of a million objects in one collection, without a store that would take an
 * hour for them: what the program itself needs of memory and time.
 */
final class MillionObjects {

	static final String NAME = "million";

	private static final int SEGMENTS = 10_000;

	private static final int OBJECTS = 100;

	private MillionObjects() {
	}

	/**
	 * Returns the figures.
	 */
	static String run(Path jar) throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("bench");
		try {
			Path milvusRoot = Files.createDirectory(directory.resolve("milvus"));
			StorageProperties storage = new StorageProperties("local", "", 0, null, false, "", milvusRoot.toString(),
					null, null, null, null, Source.CONCURRENCY, 1 << 20);
			try (NotedStore store = new NotedStore(new DefaultStoreConnector().open(storage),
					NotedProgram.notes(storage));
					FakeMilvus milvus = FakeMilvus.startLocal(SimulatedSource.VERSION, store, milvusRoot,
							ObjectPrefix.ROOT)) {
				FakeCollection collection = milvus.create("c",
						SimulatedSource.schema(OBJECTS - SimulatedSource.SYSTEM_FIELDS));
				SimulatedSource.fill(collection, SEGMENTS);
				store.flush();
				Files.writeString(directory.resolve("backup.yaml"), yaml(directory, milvus));
				ProgramRun run = ProgramRun.of(Program.plain(List.of("-cp",
						jar.toAbsolutePath() + File.pathSeparator + classes(), NotedProgram.class.getName())),
						directory);
				return "== %s: %,d objects: %.2f s, %.2f s of processors, heap %d MiB at most, of %s%n".formatted(NAME,
						SEGMENTS * OBJECTS, run.seconds(), run.processorSeconds(), run.peakHeapMiB(), Program.HEAP);
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private static Path classes() {
		return Path.of(URI.create(NotedProgram.class.getProtectionDomain().getCodeSource().getLocation().toString()));
	}

	private static String yaml(Path directory, FakeMilvus milvus) {
		return """
				configVersion: v2
				log: {level: debug, console: false, file: {path: "%1$s/backup.log"}}
				milvus:
				  grpc: {address: 127.0.0.1, port: %2$d}
				  management: {endpoint: "%3$s"}
				  storage: {provider: local, rootPath: "%1$s/milvus"}
				backup: {storage: {provider: local, rootPath: "%1$s/backups"}}
				transfer: {concurrency: %4$d}
				batch: {repository: {directory: "%1$s/repository"}}
				""".formatted(directory, milvus.port(), milvus.management().endpoint(), Source.CONCURRENCY);
	}

}
