package dev.milvusbackup.storage;

import org.jspecify.annotations.Nullable;

/**
 * There is no object of that key.
 */
public final class ObjectNotFoundException extends StorageException {

	public ObjectNotFoundException(String message, @Nullable Throwable cause) {
		super(Kind.PERMANENT, message, null, cause);
	}

}
