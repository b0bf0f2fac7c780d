package dev.milvusbackup.storage;

/**
 * Chooses how objects go from one store to another.
 */
public final class ObjectCopiers {

	private ObjectCopiers() {
	}

	/**
	 * The copier between the two stores, which stay the caller's to close.
	 * @throws StorageException of kind CONFIGURATION when the mode is DIRECT and the
	 * stores are on different backends
	 */
	public static ObjectCopier between(ObjectStore source, ObjectStore target, TransferMode mode) {
		boolean sameBackend = source.address().sameBackend(target.address());
		if (mode == TransferMode.DIRECT && !sameBackend) {
			throw new StorageException(StorageException.Kind.CONFIGURATION,
					"unable to copy from '" + source.address() + "' to '" + target.address()
							+ "': a direct copy needs both on one backend",
					"set transfer.mode to auto or streaming", null);
		}
		return (sameBackend && mode != TransferMode.STREAMING) ? new StorageSideCopier(source, target)
				: new StreamingCopier(source, target);
	}

}
