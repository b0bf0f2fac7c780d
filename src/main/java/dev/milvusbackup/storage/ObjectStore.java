package dev.milvusbackup.storage;

import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Objects under keys in one bucket or directory. The surface is minimal on purpose.
 * Implementations are thread-safe. Every method throws {@link StorageException}, naming
 * key and store; a missing object is an {@link ObjectNotFoundException}. Interrupting the
 * calling thread ends a call with a {@link StorageException}, the interrupt flag kept; a
 * copy that the server makes may first be waited for.
 */
public interface ObjectStore extends AutoCloseable {

	/**
	 * Where this store is.
	 */
	StoreAddress address();

	/**
	 * All objects below the prefix, at any depth, in no promised order. Pages are fetched
	 * while the stream is read; the caller closes it. A prefix without objects is an
	 * empty stream; a missing bucket is a {@link StorageException}. Objects that only
	 * mark a directory (no bytes, key ends in a slash) are left out. After a transient
	 * failure of {@code hasNext()} the stream's iterator can be asked again and goes on
	 * with the same page.
	 */
	Stream<ObjectStat> list(ObjectPrefix prefix);

	/**
	 * Names of the directories directly below the prefix, without slashes, sorted.
	 */
	List<String> directories(ObjectPrefix prefix);

	/**
	 * When any of these objects below the prefix was last written, by the store's clock;
	 * empty when there is none. Lists everything below the prefix.
	 */
	Optional<Instant> lastModified(ObjectPrefix prefix, Predicate<ObjectKey> which);

	/**
	 * Size and entity tag, or empty when there is no object of exactly this key.
	 */
	Optional<ObjectStat> stat(ObjectKey key);

	/**
	 * The object's bytes; the caller closes the stream. A stream that the store cuts
	 * short ends with an {@link java.io.IOException}, never with an early end of file.
	 */
	InputStream read(ObjectKey key);

	/**
	 * As {@link #read(ObjectKey)}, but only the object of that stat: conditional where
	 * the store's own stats have entity tags. The size is not compared.
	 * @throws ObjectChangedException when there is another object under the key
	 */
	default InputStream read(ObjectStat object) {
		return read(object.key());
	}

	/**
	 * Stores the content, replacing any object of that key; visible under the key only
	 * when complete. Idempotent.
	 */
	ObjectStat write(ObjectKey key, ObjectContent content);

	/**
	 * Copies an object of another store of the same backend
	 * ({@link StoreAddress#sameBackend}) without moving the bytes through this process.
	 * Conditional where the stat has an entity tag.
	 * @return the copy; its entity tag may differ from the source's
	 * @throws ObjectNotFoundException when the source is gone
	 * @throws ObjectChangedException when the source is not the object of the stat any
	 * more
	 */
	ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target);

	/**
	 * Deletes the objects, in batches where the store can. Keys without an object are no
	 * error.
	 */
	void delete(Collection<ObjectKey> keys);

	@Override
	void close();

}
