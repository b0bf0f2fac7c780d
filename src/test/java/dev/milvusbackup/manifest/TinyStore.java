package dev.milvusbackup.manifest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StoreAddress;

class TinyStore implements ObjectStore {

	final ConcurrentSkipListMap<ObjectKey, byte[]> objects = new ConcurrentSkipListMap<>();

	@Override
	public StoreAddress address() {
		return new StoreAddress("memory", "tiny");
	}

	@Override
	public Stream<ObjectStat> list(ObjectPrefix prefix) {
		return this.objects.keySet().stream().filter(prefix::contains).map((key) -> stat(key).orElseThrow());
	}

	@Override
	public List<String> directories(ObjectPrefix prefix) {
		return this.objects.keySet()
			.stream()
			.filter(prefix::contains)
			.map((key) -> key.value().substring(prefix.value().length()))
			.filter((rest) -> rest.contains("/"))
			.map((rest) -> rest.substring(0, rest.indexOf('/')))
			.distinct()
			.toList();
	}

	@Override
	public Optional<ObjectStat> stat(ObjectKey key) {
		return Optional.ofNullable(this.objects.get(key)).map((bytes) -> new ObjectStat(key, bytes.length, null));
	}

	@Override
	public InputStream read(ObjectKey key) {
		byte[] bytes = this.objects.get(key);
		if (bytes == null) {
			throw new ObjectNotFoundException("unable to read '" + key + "': not there", null);
		}
		return new ByteArrayInputStream(bytes);
	}

	@Override
	public ObjectStat write(ObjectKey key, ObjectContent content) {
		try (InputStream in = content.open()) {
			this.objects.put(key, in.readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return stat(key).orElseThrow();
	}

	@Override
	public ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void delete(Collection<ObjectKey> keys) {
		new ArrayList<>(keys).forEach(this.objects::remove);
	}

	@Override
	public void close() {
	}

	static TinyStore of(Path directory) {
		TinyStore store = new TinyStore();
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				store.objects.put(new ObjectKey(directory.relativize(file).toString()), Files.readAllBytes(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return store;
	}

}
