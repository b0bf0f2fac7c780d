package dev.milvusbackup.milvus;

import java.time.Duration;

/**
 * Pauses the deletion of dropped segments, so that they stay while they are copied.
 * Thread-safe.
 */
public interface GarbageCollection {

	/**
	 * Pauses for the time given, or prolongs a pause to it.
	 * @throws MilvusException when the server does not do it; UNSUPPORTED when it cannot
	 */
	void pause(Duration duration);

	/**
	 * Ends the pause.
	 * @throws MilvusException when the server does not do it
	 */
	void resume();

}
