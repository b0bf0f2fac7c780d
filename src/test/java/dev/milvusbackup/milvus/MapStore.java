package dev.milvusbackup.milvus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StoreAddress;

/**
 * Objects in memory, for a simulated server.
 */
final class MapStore implements ObjectStore {

	private final Map<ObjectKey, byte[]> objects = new ConcurrentSkipListMap<>();

	@Override
	public StoreAddress address() {
		return new StoreAddress("memory", "bucket");
	}

	@Override
	public Stream<ObjectStat> list(ObjectPrefix prefix) {
		return this.objects.keySet().stream().filter(prefix::contains).map((key) -> stat(key).orElseThrow());
	}

	@Override
	public List<String> directories(ObjectPrefix prefix) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Optional<ObjectStat> stat(ObjectKey key) {
		return Optional.ofNullable(this.objects.get(key)).map((bytes) -> new ObjectStat(key, bytes.length, null));
	}

	@Override
	public InputStream read(ObjectKey key) {
		return new ByteArrayInputStream(this.objects.get(key));
	}

	@Override
	public ObjectStat write(ObjectKey key, ObjectContent content) {
		try (InputStream stream = content.open()) {
			this.objects.put(key, stream.readAllBytes());
			return stat(key).orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void delete(Collection<ObjectKey> keys) {
		keys.forEach(this.objects::remove);
	}

	@Override
	public void close() {
		// nothing to release
	}

}
