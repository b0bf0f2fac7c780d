package dev.milvusbackup.testing.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import org.awaitility.Awaitility;

/**
 * A real MinIO on a free port with an empty directory of its own.
 */
public final class RealMinio implements AutoCloseable {

	private static final String CREDENTIAL = "minioadmin";

	private final ServerProcess process;

	private final ServerDirectory directory;

	private final int port;

	private final MinioClient client;

	private RealMinio(ServerProcess process, ServerDirectory directory, int port) {
		this.process = process;
		this.directory = directory;
		this.port = port;
		this.client = MinioClient.builder().endpoint(endpoint()).credentials(CREDENTIAL, CREDENTIAL).build();
	}

	public static RealMinio start() {
		ServerDirectory directory = ServerDirectory.create("minio");
		int port = freePort();
		List<String> command = List.of(Installation.minio().toString(), "server", "--quiet", "--address",
				"127.0.0.1:" + port, "--console-address", "127.0.0.1:" + freePort(),
				directory.path().resolve("data").toString());
		Map<String, String> environment = Map.of("MINIO_ROOT_USER", CREDENTIAL, "MINIO_ROOT_PASSWORD", CREDENTIAL,
				"MINIO_UPDATE", "off", "MINIO_BROWSER", "off");
		RealMinio minio = new RealMinio(ServerProcess.start(command, environment, directory.log()), directory, port);
		minio.awaitReady();
		return minio;
	}

	public String host() {
		return "127.0.0.1";
	}

	public int port() {
		return this.port;
	}

	public String endpoint() {
		return "http://%s:%d".formatted(host(), this.port);
	}

	public String accessKey() {
		return CREDENTIAL;
	}

	public String secretKey() {
		return CREDENTIAL;
	}

	/**
	 * The client of this server for what a test prepares or looks at.
	 */
	public MinioClient client() {
		return this.client;
	}

	/**
	 * Where the server keeps its data.
	 */
	public Path dataDirectory() {
		return this.directory.path().resolve("data");
	}

	/**
	 * Creates the bucket if it does not exist.
	 */
	public void createBucket(String bucket) {
		try {
			if (!this.client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
				this.client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException("unable to create the bucket '%s'".formatted(bucket), ex);
		}
	}

	@Override
	public void close() {
		this.process.close();
		this.directory.delete();
	}

	@Override
	public String toString() {
		return "MinIO at " + endpoint();
	}

	private void awaitReady() {
		Awaitility.await("%s, see '%s'".formatted(this, this.directory.log()))
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.failFast("the server has ended", () -> !this.process.isAlive())
			.untilAsserted(this.client::listBuckets);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to find a free port", ex);
		}
	}

}
