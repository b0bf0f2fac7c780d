package dev.milvusbackup.storage;

/**
 * Lets the target's store do the copying; the bytes do not pass through this process.
 */
final class StorageSideCopier implements ObjectCopier {

	private final ObjectStore source;

	private final ObjectStore target;

	StorageSideCopier(ObjectStore source, ObjectStore target) {
		this.source = source;
		this.target = target;
	}

	@Override
	public ObjectStat copy(ObjectStat object, ObjectKey key) {
		return this.target.copy(this.source, object, key);
	}

}
