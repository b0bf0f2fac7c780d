package dev.milvusbackup.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.real.RealMinio;
import org.springframework.util.FileSystemUtils;

/**
 * {@code expire} of one backup of 100,000 objects in a real MinIO, and beside it the bare
 * loop: one listing, then the same requests, as many at once, and nothing else.
 */
final class ExpireMany {

	static final String NAME = "expire";

	private static final int OBJECTS = 100_000;

	private static final int OBJECTS_PER_SEGMENT = 20;

	private static final int BATCH = 1000;

	private static final int BATCHES_AT_ONCE = 8;

	private static final String BUCKET = "bench-expire";

	private static final ObjectPrefix ROOT = ObjectPrefix.of("backup");

	private final Path jar;

	private final RealMinio minio;

	private ExpireMany(Path jar, RealMinio minio) {
		this.jar = jar;
		this.minio = minio;
	}

	/**
	 * Returns the figures; ends with a line feed.
	 */
	static String run(Path jar, RealMinio minio, int rounds)
			throws IOException, InterruptedException, ExecutionException {
		minio.createBucket(BUCKET);
		ExpireMany bench = new ExpireMany(jar, minio);
		List<Double> bare = new ArrayList<>();
		List<Double> program = new ArrayList<>();
		try (ObjectStore store = new DefaultStoreConnector().open(bench.properties())) {
			for (int round = 0; round < rounds; round++) {
				fill(store, "bare");
				bare.add(bare(store, ROOT.directory("bare")));
				fill(store, "old");
				describe(store, "old");
				describe(store, "young");
				program.add(bench.expire());
				requireGone(store);
			}
		}
		return String.format(Locale.ROOT, """

				== %s: one backup of %,d objects
				program   %s s (aim: 60 s), %,.0f objects/s
				bare loop %s s
				""", NAME, OBJECTS, program, OBJECTS / median(program), bare);
	}

	private double expire() throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("bench");
		try {
			Files.writeString(directory.resolve("backup.yaml"), yaml(directory));
			long start = System.nanoTime();
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					Program.HEAP, "-jar", this.jar.toAbsolutePath().toString(), "expire", "--keep_last", "1", "--apply",
					"--quiet", "--config", directory.resolve("backup.yaml").toString())
				.directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(directory.resolve("output").toFile())
				.start();
			int exitCode = process.waitFor();
			double seconds = (System.nanoTime() - start) / 1e9;
			if (exitCode != 0) {
				throw new IllegalStateException(
						"exit code " + exitCode + ": " + Files.readString(directory.resolve("output")));
			}
			return rounded(seconds);
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private String yaml(Path directory) {
		return """
				configVersion: v2
				log: {console: false, file: {path: "%1$s/backup.log"}}
				milvus: {storage: {provider: minio, address: %2$s, port: %3$d, bucketName: %4$s, rootPath: files,
				    auth: {type: static, accessKeyID: %5$s, secretAccessKey: %6$s}}}
				backup: {storage: {rootPath: backup}}
				batch: {repository: {directory: "%1$s/repository"}}
				""".formatted(directory, this.minio.host(), this.minio.port(), BUCKET, this.minio.accessKey(),
				this.minio.secretKey());
	}

	private static double bare(ObjectStore store, ObjectPrefix directory)
			throws InterruptedException, ExecutionException {
		ExecutorService workers = Executors.newFixedThreadPool(BATCHES_AT_ONCE);
		try (Stream<ObjectStat> objects = store.list(directory)) {
			long start = System.nanoTime();
			List<ObjectKey> keys = objects.map(ObjectStat::key).toList();
			List<Future<?>> batches = new ArrayList<>();
			for (int from = 0; from < keys.size(); from += BATCH) {
				List<ObjectKey> batch = keys.subList(from, Math.min(keys.size(), from + BATCH));
				batches.add(workers.submit(() -> store.delete(batch)));
			}
			await(batches);
			return rounded((System.nanoTime() - start) / 1e9);
		}
		finally {
			workers.shutdownNow();
		}
	}

	private static void fill(ObjectStore store, String name) throws InterruptedException, ExecutionException {
		ObjectPrefix directory = ROOT.directory(name);
		ExecutorService workers = Executors.newFixedThreadPool(Source.CONCURRENCY);
		try {
			List<Future<?>> written = new ArrayList<>();
			for (int i = 0; i < OBJECTS; i++) {
				int segment = i / OBJECTS_PER_SEGMENT;
				ObjectKey key = directory.key("binlogs/insert_log/1/2/" + segment + "/" + segment + "/"
						+ (100 + i % OBJECTS_PER_SEGMENT) + "/" + i);
				written.add(workers.submit(() -> store.write(key, ObjectContent.of(new byte[] { 1 }))));
			}
			await(written);
		}
		finally {
			workers.shutdownNow();
		}
	}

	/** Enough to be a complete backup; the one that is described last is the newest. */
	private static void describe(ObjectStore store, String name) {
		ObjectPrefix meta = ROOT.directory(name).directory("meta");
		byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
		store.write(meta.key("collection_meta.json"), ObjectContent.of(nothing));
		store.write(meta.key("full_meta.json"), ObjectContent.of(nothing));
		store.write(meta.key("backup_meta.json"),
				ObjectContent.of(("{\"id\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8)));
	}

	private static void requireGone(ObjectStore store) {
		try (Stream<ObjectStat> left = store.list(ROOT.directory("old"))) {
			left.findAny().ifPresent((object) -> {
				throw new IllegalStateException("still there: " + object.key());
			});
		}
	}

	private static void await(List<Future<?>> all) throws InterruptedException, ExecutionException {
		for (Future<?> each : all) {
			each.get();
		}
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().toList().get(values.size() / 2);
	}

	private static double rounded(double seconds) {
		return Math.round(100 * seconds) / 100.0;
	}

	private StorageProperties properties() {
		return new StorageProperties("minio", this.minio.host(), this.minio.port(), null, false, BUCKET, "backup", null,
				this.minio.accessKey(), this.minio.secretKey(), null, Source.CONCURRENCY, 500L << 20);
	}

}
