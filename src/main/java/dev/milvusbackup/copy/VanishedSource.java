package dev.milvusbackup.copy;

import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.StorageException;

/**
 * Decides what a source object means that is gone or is another one than was planned.
 */
@FunctionalInterface
public interface VanishedSource {

	/** Fails the copy. */
	VanishedSource FAIL = (segment, cause) -> {
		throw cause;
	};

	/**
	 * Returns when the run can go on without this segment, which stays undone; throws
	 * when it cannot. Called from several threads.
	 */
	void vanished(Segment segment, StorageException cause);

}
