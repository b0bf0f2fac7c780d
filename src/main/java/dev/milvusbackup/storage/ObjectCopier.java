package dev.milvusbackup.storage;

/**
 * Copies objects from one store to another. Thread-safe. Idempotent: a copy replaces what
 * is under the target key, and is visible there only when complete.
 */
public interface ObjectCopier {

	/**
	 * Copies one object.
	 * @param object the source; a source of another size or entity tag is refused
	 * @return the copy as the target store tells of it
	 * @throws ObjectNotFoundException when the source is gone
	 * @throws ObjectChangedException when the source is not the object of the stat any
	 * more
	 */
	ObjectStat copy(ObjectStat object, ObjectKey target);

}
