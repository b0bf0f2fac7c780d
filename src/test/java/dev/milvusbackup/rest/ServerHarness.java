package dev.milvusbackup.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.config.ServerSettings;
import dev.milvusbackup.config.ServerSettings.Access;
import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.TransferMode;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server over HTTP, with the real services, a simulated Milvus and two buckets in
 * memory. It can be restarted; the job repository and the buckets stay.
 */
public final class ServerHarness implements AutoCloseable {

	private final MemoryObjectStore.Backend backend = new MemoryObjectStore.Backend();

	private final MemoryObjectStore milvusStore = new MemoryObjectStore(this.backend, "a-bucket");

	private final MemoryObjectStore backupStore = new MemoryObjectStore(this.backend, "bk-bucket");

	private final FaultyObjectStore target = new FaultyObjectStore(this.backupStore);

	private final FakeMilvus milvus;

	private final Map<String, ObjectStore> buckets = new HashMap<>(
			Map.of("a-bucket", this.milvusStore, "bk-bucket", this.target));

	private final HttpClient http = HttpClient.newHttpClient();

	private final Path directory;

	private Access access = new Access(null, null, null);

	private String address = "localhost";

	private @Nullable Runs runs;

	private @Nullable Server server;

	public ServerHarness(Path directory) {
		this(directory, "2.3.5");
	}

	/**
	 * @param version of the simulated Milvus
	 */
	public ServerHarness(Path directory, String version) {
		this.directory = directory;
		this.milvus = FakeMilvus.start(version, this.milvusStore, ObjectPrefix.of("files"));
	}

	public ServerHarness with(Access newAccess) {
		this.access = newAccess;
		return this;
	}

	public ServerHarness listeningOn(String newAddress) {
		this.address = newAddress;
		return this;
	}

	public ServerHarness start() {
		this.runs = new JobRunsFactory(new Buckets(this.buckets), new DefaultMilvusConnector()).open(settings());
		ServerSettings settings = new ServerSettings(this.address, 0, this.access, null, null, 3, "", true);
		this.server = Server.start(settings,
				new ServerParts(this.runs, settings(), new Buckets(this.buckets), () -> "Success!"));
		return this;
	}

	public void restart() {
		stop();
		start();
	}

	/** No faults and no backups. */
	public void reset() {
		this.target.heal();
		this.backupStore.delete(this.backupStore.keys().stream().map(ObjectKey::new).toList());
	}

	public FakeMilvus milvus() {
		return this.milvus;
	}

	public FaultyObjectStore target() {
		return this.target;
	}

	public MemoryObjectStore backups() {
		return this.backupStore;
	}

	/** A second bucket for backups. */
	public void bucket(String name) {
		this.buckets.put(name, new MemoryObjectStore(this.backend, name));
	}

	/** What the command line would open: other runs on the same job repository. */
	public Runs runs() {
		if (this.runs == null) {
			throw new IllegalStateException("not started");
		}
		return this.runs;
	}

	public URI uri(String path) {
		if (this.server == null) {
			throw new IllegalStateException("not started");
		}
		return URI.create("http://localhost:" + this.server.port() + path);
	}

	public Answer get(String path, String... headers) {
		return send(request(path, headers).GET());
	}

	public Answer post(String path, String body, String... headers) {
		return send(request(path, headers).POST(BodyPublishers.ofString(body)));
	}

	public Answer delete(String path, String... headers) {
		return send(request(path, headers).DELETE());
	}

	public HttpClient http() {
		return this.http;
	}

	private HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofMinutes(2));
		return (headers.length == 0) ? request : request.headers(headers);
	}

	private Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.headers().map(), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	public Settings settings() {
		return new Settings(this.milvus.properties(), storage("a-bucket", "files"), storage("bk-bucket", "backup"),
				TransferMode.AUTO, 4, new Settings.BackupSettings(2, true, Duration.ofSeconds(20)),
				new Settings.RestoreSettings(2, 2, Duration.ofSeconds(20), false),
				RepositoryProperties.h2(this.directory.resolve("repository")));
	}

	private static StorageProperties storage(String bucket, String root) {
		return new StorageProperties("minio", "host", 9000, null, false, bucket, root, null, null, null, null, 8,
				1L << 29);
	}

	/** As at a signal: runs are stopped while the server ends. */
	public void stop() {
		if (this.runs != null) {
			this.runs.close();
		}
		if (this.server != null) {
			this.server.close();
		}
	}

	@Override
	public void close() {
		stop();
		this.milvus.close();
	}

	/**
	 * What the server answered.
	 */
	public record Answer(int status, Map<String, List<String>> headers, String body) {

		public JsonNode json() {
			return JsonMapper.shared().readTree(this.body);
		}

		public String header(String name) {
			return String.join(",", this.headers.getOrDefault(name, List.of()));
		}

	}

	private record Buckets(Map<String, ObjectStore> stores) implements StoreConnector {

		@Override
		public ObjectStore open(StorageProperties properties) {
			ObjectStore store = this.stores.get(properties.bucket());
			if (store == null) {
				throw new StorageException(StorageException.Kind.CONFIGURATION,
						"unable to open '" + properties.bucket() + "': there is no such bucket", null, null);
			}
			return store;
		}

		@Override
		public ObjectStore openOrCreate(StorageProperties properties) {
			return open(properties);
		}

	}

}
