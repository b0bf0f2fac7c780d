package dev.milvusbackup.testing.real;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The servers that all test classes of a run share. Each is started when it is first
 * asked for and stopped at the end of the run; so every test class takes collection,
 * bucket and database names of its own, and one that stops or kills a server starts its
 * own with {@link RealMilvus#start}. Thread-safe.
 */
public final class RealServers implements AutoCloseable {

	private final Map<MilvusVersion, RealMilvus> local = new EnumMap<>(MilvusVersion.class);

	private final Map<MilvusVersion, RealMilvus> inBucket = new EnumMap<>(MilvusVersion.class);

	private final Deque<AutoCloseable> started = new ArrayDeque<>();

	private @Nullable RealMinio minio;

	private @Nullable RealPostgres postgres;

	/**
	 * The Milvus that keeps its objects in a local directory.
	 */
	public synchronized RealMilvus milvus(MilvusVersion version) {
		return this.local.computeIfAbsent(version, (key) -> opened(RealMilvus.start(key, MilvusStorage.local())));
	}

	/**
	 * The Milvus that keeps its objects in {@link #minio()}, in the bucket
	 * {@code a-bucket-<version>} below the root path {@code files}.
	 */
	public synchronized RealMilvus milvusOnMinio(MilvusVersion version) {
		return this.inBucket.computeIfAbsent(version, (key) -> {
			String bucket = "a-bucket-" + key.number();
			return opened(RealMilvus.start(key, MilvusStorage.minio(minio(), bucket, "files")));
		});
	}

	public synchronized RealMinio minio() {
		if (this.minio == null) {
			this.minio = opened(RealMinio.start());
		}
		return this.minio;
	}

	public synchronized RealPostgres postgres() {
		if (this.postgres == null) {
			this.postgres = opened(RealPostgres.start());
		}
		return this.postgres;
	}

	@Override
	public synchronized void close() {
		IllegalStateException failure = new IllegalStateException("unable to stop every real server");
		while (!this.started.isEmpty()) {
			try {
				this.started.pop().close();
			}
			catch (Exception ex) {
				failure.addSuppressed(ex);
			}
		}
		if (failure.getSuppressed().length > 0) {
			throw failure;
		}
	}

	private <T extends AutoCloseable> T opened(T server) {
		this.started.push(server);
		return server;
	}

}
