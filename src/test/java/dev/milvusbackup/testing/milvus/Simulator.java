package dev.milvusbackup.testing.milvus;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;

/**
 * Starts a simulated Milvus by hand; src/docs/simulator.md tells how.
 */
public final class Simulator {

	private static final Set<String> OPTIONS = Set.of("version", "port", "management-port", "root", "s3", "bucket",
			"access-key", "secret-key", "user", "password", "import-seconds", "samples");

	private static final String USAGE = """
			usage: Simulator --version 2.6.11 [--port 19530] [--management-port 9091] [--samples]
			         [--user root --password secret] [--import-seconds 0]
			         --root DIR                                   binlogs in a local directory, or
			         --s3 HOST:PORT --bucket NAME [--root files]  in a bucket
			         [--access-key minioadmin] [--secret-key minioadmin]
			""";

	private final Map<String, String> options;

	private Simulator(Map<String, String> options) {
		this.options = options;
	}

	/**
	 * Serves until the process is killed.
	 */
	public static void main(String[] args) throws InterruptedException {
		Map<String, String> options = parse(List.of(args));
		if (options.containsKey("help") || !options.containsKey("version")
				|| !(options.containsKey("root") || options.containsKey("s3"))) {
			System.err.print(USAGE);
			System.exit(2);
		}
		FakeMilvus server = new Simulator(options).start();
		System.out.println("Milvus " + options.get("version") + " on port " + server.port() + ", management at "
				+ server.management().endpoint());
		Thread.currentThread().join();
	}

	/**
	 * Starts it in this process.
	 * @param args as on the command line
	 * @throws IllegalArgumentException when an option is unknown or has no value
	 */
	static FakeMilvus start(String... args) {
		return new Simulator(parse(List.of(args))).start();
	}

	private FakeMilvus start() {
		FakeMilvus.Ports ports = new FakeMilvus.Ports(number("port", 19530), number("management-port", 9091));
		String version = this.options.get("version");
		FakeMilvus server = this.options.containsKey("s3") ? inBucket(version, ports) : inDirectory(version, ports);
		Duration jobs = Duration.ofSeconds(number("import-seconds", 0));
		server.imports().delay(jobs);
		server.snapshots().delay(jobs);
		if (this.options.containsKey("password")) {
			server.requireCredentials(this.options.getOrDefault("user", "root"), this.options.get("password"));
		}
		if (this.options.containsKey("samples")) {
			SampleCollections.createIn(server);
		}
		return server;
	}

	/** As with the real server, paths of imports may lie anywhere in the file system. */
	private FakeMilvus inDirectory(String version, FakeMilvus.Ports ports) {
		Path directory = Path.of(this.options.get("root")).toAbsolutePath().normalize();
		ObjectStore store = new DefaultStoreConnector().openOrCreate(
				new StorageProperties("local", "", 0, null, false, "", "/", null, null, null, null, 8, 1L << 30));
		return FakeMilvus.start(version, store, ObjectPrefix.of(directory.toString().substring(1)), Path.of("/"),
				ports);
	}

	private FakeMilvus inBucket(String version, FakeMilvus.Ports ports) {
		String[] address = this.options.get("s3").split(":", 2);
		String root = this.options.getOrDefault("root", "files");
		StorageProperties properties = new StorageProperties("minio", address[0],
				(address.length > 1) ? Integer.parseInt(address[1]) : 9000, null, false,
				this.options.getOrDefault("bucket", "a-bucket"), root, null,
				this.options.getOrDefault("access-key", "minioadmin"),
				this.options.getOrDefault("secret-key", "minioadmin"), null, 16, 1L << 30);
		return FakeMilvus.start(version, new DefaultStoreConnector().openOrCreate(properties), ObjectPrefix.of(root),
				null, ports);
	}

	private int number(String option, int absent) {
		return Integer.parseInt(this.options.getOrDefault(option, Integer.toString(absent)));
	}

	private static Map<String, String> parse(List<String> args) {
		Map<String, String> options = new HashMap<>();
		for (int i = 0; i < args.size(); i++) {
			String option = args.get(i).startsWith("--") ? args.get(i).substring(2) : args.get(i);
			if (option.equals("help") || option.equals("samples")) {
				options.put(option, "");
			}
			else if (OPTIONS.contains(option) && i + 1 < args.size()) {
				options.put(option, args.get(++i));
			}
			else {
				throw new IllegalArgumentException("unknown option, or no value: " + args.get(i));
			}
		}
		return options;
	}

}
