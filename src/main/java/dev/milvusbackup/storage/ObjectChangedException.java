package dev.milvusbackup.storage;

import org.jspecify.annotations.Nullable;

/**
 * The object under the key is not the one that was listed.
 */
public final class ObjectChangedException extends StorageException {

	public ObjectChangedException(String message, @Nullable Throwable cause) {
		super(Kind.PERMANENT, message, null, cause);
	}

}
