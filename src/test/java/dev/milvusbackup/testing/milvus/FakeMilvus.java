package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import io.milvus.grpc.CollectionSchema;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A simulated Milvus on a free loopback port. Binlogs lie in the given store, everything
 * else in memory. Thread-safe.
 */
public final class FakeMilvus implements AutoCloseable {

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final FakeImports imports;

	private final FlushSettings flushes = new FlushSettings();

	private final Faults faults;

	private final FakeManagement management;

	private final HeaderInterceptor headers = new HeaderInterceptor();

	private final int port;

	private Server server;

	private FakeMilvus(FakeVersion version, FakeBinlogs binlogs, @Nullable Path localDirectory) {
		this.version = version;
		// two servers never have an id in common
		this.catalogue = new FakeCatalogue(binlogs, ThreadLocalRandom.current().nextLong(1L << 40, 1L << 44));
		this.imports = new FakeImports(this.catalogue, new ImportWork(this.catalogue, localDirectory));
		this.faults = new Faults(new Answers(version));
		this.management = new FakeManagement(version.hasGarbageCollectionEndpoint());
		this.server = listen(0);
		this.port = this.server.getPort();
	}

	/**
	 * A server whose store is a bucket: import paths are keys.
	 * @param version such as {@code 2.3.5}
	 * @param root the server's root path in the store
	 */
	public static FakeMilvus start(String version, ObjectStore store, ObjectPrefix root) {
		return new FakeMilvus(FakeVersion.parse(version), new FakeBinlogs(store, new MilvusLayout(root)), null);
	}

	/**
	 * A server on local storage: import paths are absolute.
	 * @param directory where the store's keys begin
	 */
	public static FakeMilvus startLocal(String version, ObjectStore store, Path directory, ObjectPrefix root) {
		return new FakeMilvus(FakeVersion.parse(version), new FakeBinlogs(store, new MilvusLayout(root)), directory);
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
		this.catalogue.addDatabase(parsed.database());
		FakeCollection collection = this.catalogue.create(parsed, schema);
		collection.partition("_default");
		return collection;
	}

	/**
	 * By name or alias, or null.
	 */
	public @Nullable FakeCollection find(String name) {
		return this.catalogue.find(CollectionName.parse(name));
	}

	/**
	 * Drops the collection; its binlogs stay until garbage collection, that is, for ever.
	 */
	public void drop(FakeCollection collection) {
		this.catalogue.drop(collection);
	}

	public FakeImports imports() {
		return this.imports;
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
		this.flushes.unfinishedAnswers(count);
	}

	/**
	 * The server dies.
	 */
	public void stop() {
		this.server.shutdownNow();
		try {
			this.server.awaitTermination(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * The server comes back on the same port; imports that were running have failed.
	 */
	public void restart() {
		stop();
		this.imports.failUnfinished();
		this.server = listen(this.port);
	}

	@Override
	public void close() {
		stop();
		this.management.close();
	}

	private Server listen(int boundPort) {
		try {
			return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", boundPort))
				.permitKeepAliveTime(1, TimeUnit.SECONDS)
				.permitKeepAliveWithoutCalls(true)
				.addService(new FakeMilvusService(this.version, this.catalogue, this.imports, this.flushes))
				// the last one is called first
				.intercept(new FaultInterceptor(this.faults))
				.intercept(this.headers)
				.build()
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to start the simulated Milvus", ex);
		}
	}

}
