package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import io.milvus.grpc.CollectionSchema;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.ServerServiceDefinition;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A simulated Milvus on a free loopback port. Binlogs lie in the given store, everything
 * else in memory. Thread-safe.
 */
public final class FakeMilvus implements AutoCloseable {

	private final FakeState state;

	private final Faults faults;

	private final FakeManagement management;

	private final HeaderInterceptor headers = new HeaderInterceptor();

	private final ServerPaths files;

	private @Nullable String restToken;

	private final int port;

	private Listeners listeners;

	private FakeMilvus(FakeVersion version, ServerPaths files, Ports ports) {
		// two servers never have an id in common
		FakeCatalogue catalogue = new FakeCatalogue(version, files.binlogs(),
				ThreadLocalRandom.current().nextLong(1L << 40, 1L << 44));
		ImportRules rules = version.hasImportJobs() ? new NewImportRules(version, catalogue, files)
				: new OldImportRules(catalogue, files);
		this.state = new FakeState(version, catalogue, new FakeImports(catalogue, rules), new FlushSettings(),
				new FakeRoles(version, new Answers(version)), new FakeSnapshots(catalogue));
		this.files = files;
		this.faults = new Faults(new Answers(version));
		this.management = new FakeManagement(version, catalogue, ports.management());
		this.listeners = listen(ports.service());
		this.port = this.listeners.door.port();
	}

	/**
	 * A server whose store is a bucket: import paths are keys.
	 * @param version such as {@code 2.3.5}
	 * @param root the server's root path in the store
	 */
	public static FakeMilvus start(String version, ObjectStore store, ObjectPrefix root) {
		return start(version, store, root, null, Ports.ANY);
	}

	/**
	 * A server on local storage: import paths are absolute.
	 * @param directory where the store's keys begin
	 */
	public static FakeMilvus startLocal(String version, ObjectStore store, Path directory, ObjectPrefix root) {
		return start(version, store, root, directory, Ports.ANY);
	}

	static FakeMilvus start(String version, ObjectStore store, ObjectPrefix root, @Nullable Path directory,
			Ports ports) {
		FakeBinlogs binlogs = new FakeBinlogs(store, new MilvusLayout(root));
		return new FakeMilvus(FakeVersion.parse(version), new ServerPaths(binlogs, directory), ports);
	}

	FakeVersion version() {
		return this.state.version();
	}

	public int port() {
		return this.port;
	}

	/**
	 * How to reach it, without credentials.
	 */
	public MilvusProperties properties() {
		return new MilvusProperties("127.0.0.1", port(), "", "", 0, null, null, null, null, this.management.endpoint());
	}

	/**
	 * From now on every request needs these credentials.
	 */
	public void requireCredentials(String user, String password) {
		this.restToken = user + ":" + password;
		this.listeners.rest.required = this.restToken;
		this.headers.required = Base64.getEncoder()
			.encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The collection of that name, with partition {@code _default} and the fields
	 * {@code id} (primary key), {@code text} and {@code vector} if it had to be created,
	 * as had its database.
	 * @param name {@code collection} or {@code database.collection}
	 */
	public FakeCollection collection(String name) {
		FakeCollection existing = find(name);
		return (existing != null) ? existing : create(name, FakeSchemas.simple());
	}

	/**
	 * Creates a collection with partition {@code _default}, and its database. Field ids
	 * are given out in order, from 100 on.
	 */
	public FakeCollection create(String name, CollectionSchema schema) {
		CollectionName parsed = CollectionName.parse(name);
		this.state.catalogue().addDatabase(parsed.database(), Map.of());
		FakeCollection collection = this.state.catalogue().create(parsed, schema);
		collection.partition("_default");
		return collection;
	}

	/**
	 * {@link #create} for a schema with a partition key.
	 */
	public FakeCollection createPartitioned(String name, CollectionSchema schema, int partitions) {
		FakeCollection collection = create(name, schema);
		collection.partitions.clear();
		for (int i = 0; i < partitions; i++) {
			collection.partition("_default_" + i);
		}
		return collection;
	}

	/**
	 * By name or alias, or null.
	 */
	public @Nullable FakeCollection find(String name) {
		return this.state.catalogue().find(CollectionName.parse(name));
	}

	/**
	 * Drops the collection; its binlogs stay until garbage collection, that is, for ever.
	 */
	public void drop(FakeCollection collection) {
		this.state.catalogue().drop(collection);
	}

	/**
	 * A new database, if there is none of the name.
	 */
	public void database(String name, Map<String, String> properties) {
		this.state.catalogue().addDatabase(name, properties);
	}

	/**
	 * A new database whose logs are encrypted: an import of them needs the key.
	 */
	public void encryptedDatabase(String name, String key) {
		database(name, Map.of(FakeCatalogue.ZONE_ID, "1", FakeCatalogue.ZONE_KEY, key));
	}

	/**
	 * The server's key service knows the keys of encrypted databases only as they are
	 * here.
	 * @param wrappedToKey key that comes with an import to the key of the logs
	 */
	public void encryptionKeys(Map<String, String> wrappedToKey) {
		this.state.catalogue().keys(wrappedToKey);
	}

	/**
	 * A resource group with that many query nodes.
	 */
	public void resourceGroup(String name, int nodes) {
		this.state.catalogue().resourceGroups().put(name, nodes);
	}

	/**
	 * The properties of a database, or null when there is none of that name.
	 */
	public @Nullable Map<String, String> databaseProperties(String name) {
		FakeCatalogue.FakeDatabase database = this.state.catalogue().database(name);
		return (database != null) ? Map.copyOf(database.properties()) : null;
	}

	public FakeRoles roles() {
		return this.state.roles();
	}

	public FakeSnapshots snapshots() {
		return this.state.snapshots();
	}

	public FakeImports imports() {
		return this.state.imports();
	}

	public FakeManagement management() {
		return this.management;
	}

	/**
	 * What goes wrong, by request.
	 */
	public Faults faults() {
		return this.faults;
	}

	/**
	 * The next questions whether a flush is done are answered with no.
	 */
	public void unfinishedFlushAnswers(int count) {
		this.state.flushes().unfinishedAnswers(count);
	}

	/**
	 * The next collection that somebody creates under that name turns out otherwise.
	 */
	public void spoil(String collection, Consumer<FakeCollection> change) {
		this.state.catalogue().spoil(collection, change);
	}

	/**
	 * What others do right after the next flush of that collection, or of everything.
	 */
	public void afterFlush(String collection, Runnable action) {
		this.state.flushes().afterwards(collection, action);
	}

	/**
	 * Puts what the server knows of its collections into its etcd.
	 */
	public void keepMetadata(FakeEtcd etcd, String root) {
		this.state.catalogue().collections().forEach((collection) -> etcd.put(root, collection));
	}

	/**
	 * The server dies.
	 */
	public void stop() {
		this.listeners.close();
	}

	/**
	 * The server comes back on the same port. Imports that were running have failed if
	 * the version is older than 2.4.
	 */
	public void restart() {
		stop();
		if (!this.state.version().hasImportJobs()) {
			this.state.imports().failUnfinished();
		}
		this.listeners = listen(this.port);
	}

	@Override
	public void close() {
		stop();
		this.management.close();
	}

	private ServerServiceDefinition service() {
		FakeMilvusService service = new FakeMilvusService(this.state);
		return this.state.version().hasSnapshots()
				? new SnapshotAnswers(this.state, this.files.binlogs().store()).added(service) : service.bindService();
	}

	private Listeners listen(int boundPort) {
		try {
			Server grpc = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
				.permitKeepAliveTime(1, TimeUnit.SECONDS)
				.permitKeepAliveWithoutCalls(true)
				.addService(service())
				// the last one is called first
				.intercept(new FaultInterceptor(this.faults))
				.intercept(this.headers)
				.build()
				.start();
			FakeRest rest = new FakeRest(
					new RestAnswers(this.state.version(), this.state.catalogue(), this.state.imports(), this.files),
					this.faults);
			rest.required = this.restToken;
			return new Listeners(grpc, rest, new SharedPort(boundPort, grpc.getPort(), rest.port()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to start the simulated Milvus", ex);
		}
	}

	/**
	 * Where to listen; 0 for any port.
	 */
	record Ports(int service, int management) {

		static final Ports ANY = new Ports(0, 0);

	}

	private record Listeners(Server grpc, FakeRest rest, SharedPort door) implements AutoCloseable {

		@Override
		public void close() {
			this.grpc.shutdownNow();
			this.door.close();
			this.rest.close();
			try {
				this.grpc.awaitTermination(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
