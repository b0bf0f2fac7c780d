package dev.milvusbackup.testing.real;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import dev.milvusbackup.testing.real.MilvusStorage.Bucket;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import org.awaitility.Awaitility;

/**
 * A real standalone Milvus with its own data and ports, as {@code jobs/lib/run-milvus.sh}
 * starts it.
 */
public final class RealMilvus implements AutoCloseable {

	/** The setting of a server that lets only {@code root} in, with {@code Milvus}. */
	public static final String AUTHENTICATED = "common.security.authorizationEnabled=true";

	private final MilvusVersion version;

	private final MilvusStorage storage;

	private final List<String> settings;

	private final ServerDirectory directory;

	private ServerProcess process;

	private Properties addresses = new Properties();

	private RealMilvus(MilvusVersion version, MilvusStorage storage, List<String> settings) {
		this.version = version;
		this.storage = storage;
		this.settings = settings;
		this.directory = ServerDirectory.create("%s-%s".formatted(version, storage));
		this.process = startProcess();
	}

	/**
	 * Starts a new, empty server and waits until collections can be created and loaded.
	 * @param settings of the server that differ, {@code key=value} each
	 */
	public static RealMilvus start(MilvusVersion version, MilvusStorage storage, String... settings) {
		RealMilvus milvus = new RealMilvus(version, storage, List.of(settings));
		try {
			milvus.awaitReady();
			return milvus;
		}
		catch (RuntimeException ex) {
			milvus.kill();
			throw ex;
		}
	}

	public MilvusVersion version() {
		return this.version;
	}

	public MilvusStorage storage() {
		return this.storage;
	}

	public String host() {
		return this.addresses.getProperty("host");
	}

	/**
	 * The port of gRPC; a restart keeps it.
	 */
	public int port() {
		return Integer.parseInt(this.addresses.getProperty("port"));
	}

	public String uri() {
		return "http://%s:%d".formatted(host(), port());
	}

	public int managementPort() {
		return Integer.parseInt(this.addresses.getProperty("management.port"));
	}

	/**
	 * {@code host:port} of its own etcd, whose root path is {@code by-dev}.
	 */
	public String etcdEndpoint() {
		return host() + ":" + (Integer.parseInt(this.addresses.getProperty("ports")) + 2);
	}

	/**
	 * The root path of its objects: an absolute directory, or a prefix in the bucket.
	 */
	public String rootPath() {
		return this.addresses.getProperty("root.path");
	}

	/**
	 * A new client of one database; the caller closes it.
	 */
	public MilvusClientV2 connect(String database) {
		ConnectConfig.ConnectConfigBuilder config = ConnectConfig.builder().uri(uri()).dbName(database);
		if (this.settings.contains(AUTHENTICATED)) {
			config.username("root").password("Milvus");
		}
		return new MilvusClientV2(config.build());
	}

	/**
	 * Ends the server in good order, or by force if that takes too long. Its data remain.
	 */
	public void stop() {
		this.process.close();
	}

	/**
	 * Ends the server with SIGKILL. Its data remain.
	 */
	public void kill() {
		this.process.kill();
		this.process.close();
	}

	/**
	 * Starts the server again on the same data and ports, after stopping it if it still
	 * runs.
	 */
	public void restart() {
		stop();
		this.process = startProcess();
		awaitReady();
	}

	@Override
	public void close() {
		kill();
		this.directory.delete();
	}

	@Override
	public String toString() {
		return "%s (%s) at %s".formatted(this.version, this.storage, uri());
	}

	private ServerProcess startProcess() {
		List<String> command = new ArrayList<>(List.of("bash", Installation.script("run-milvus.sh").toString(),
				"--version", this.version.number(), "--dir", this.directory.path().toString()));
		// 2.2 writes deletes of flushed rows on this timer only, every 10 minutes if it
		// is left alone
		command.addAll(List.of("--set", "dataNode.segment.syncPeriod=5"));
		// a killed server can load collections again only when its session has ended,
		// after 30 seconds otherwise
		command.addAll(List.of("--set", "common.session.ttl=10"));
		this.settings.forEach((setting) -> command.addAll(List.of("--set", setting)));
		if (this.storage instanceof Bucket bucket) {
			command.addAll(List.of("--storage", "minio", "--minio-port", String.valueOf(bucket.minio().port()),
					"--bucket", bucket.name(), "--root-path", bucket.rootPath()));
		}
		return ServerProcess.start(command, Map.of(), this.directory.log());
	}

	private void awaitReady() {
		Awaitility.await("%s, see '%s'".formatted(this.version, this.directory.log()))
			.atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofMillis(200))
			.ignoreExceptions()
			.failFast("the server has ended", () -> !this.process.isAlive())
			.untilAsserted(() -> {
				readAddresses();
				new MilvusProbe(this).requireReady();
			});
	}

	private void readAddresses() throws IOException {
		Properties read = new Properties();
		try (Reader reader = Files.newBufferedReader(this.directory.path().resolve("server.properties"))) {
			read.load(reader);
		}
		if (!String.valueOf(this.process.pid()).equals(read.getProperty("pid"))) {
			throw new IllegalStateException("the addresses of the new process are not written yet");
		}
		this.addresses = read;
	}

}
